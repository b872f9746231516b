// How the lists overlap: an UpSet plot (Lex, Gehlenborg, Strobelt, Vuillemot, Pfister 2014). Above, how many persons each combination of lists
// holds; below, the combination; at the left, how many each list holds.
import * as Plot from '@observablehq/plot';
import { format, frame, ink, line, recorded, short, soft } from './look.js';

const mostPatterns = 32;
const rowHeight = 24;

export function shownPatterns(patterns, width) {
  return patterns.slice(0, Math.max(4, Math.min(mostPatterns, Math.floor(width / 19))));
}

const numbered = (patterns) => patterns.map((pattern, i) => ({ ...pattern, column: i }));

export function drawSizes(patterns, width) {
  const columns = numbered(patterns);
  const full = columns.filter((row) => row.n !== null);
  return Plot.plot(
    frame({
      width,
      height: 170,
      marginLeft: 0,
      marginRight: 0,
      marginTop: 16,
      marginBottom: 4,
      x: { domain: columns.map((row) => row.column), axis: null, padding: 0.25 },
      y: { axis: null, domain: [0, Math.max(1, ...full.map((row) => row.n))] },
      marks: [
        Plot.ruleY([0], { stroke: line }),
        Plot.barY(full, { x: 'column', y: 'n', fill: recorded, href: 'href' }),
        Plot.text(full, { x: 'column', y: 'n', text: (row) => format(row.n), dy: -7, fill: ink, fontSize: 10 }),
        Plot.text(columns.filter((row) => row.n === null), { x: 'column', y: 0, text: () => 'w', dy: -7, fill: soft, fontStyle: 'italic', title: () => 'withheld' }),
      ],
    }),
  );
}

export function drawMatrix(lists, patterns, width) {
  const columns = numbered(patterns);
  const dots = columns.flatMap((row) => lists.map((list, i) => ({ column: row.column, list: list.key, on: row.on.includes(i) })));
  const spans = columns.filter((row) => row.on.length > 1).map((row) => ({ column: row.column, from: lists[row.on[0]].key, to: lists[row.on[row.on.length - 1]].key }));
  return Plot.plot(
    frame({
      width,
      height: lists.length * rowHeight,
      margin: 0,
      x: { domain: columns.map((row) => row.column), axis: null, padding: 0.25, type: 'band' },
      y: { domain: lists.map((list) => list.key), axis: null, type: 'point', padding: 0.5 },
      marks: [
        Plot.ruleX(spans, { x: 'column', y1: 'from', y2: 'to', stroke: ink, strokeWidth: 2 }),
        Plot.dot(dots.filter((dot) => !dot.on), { x: 'column', y: 'list', r: 3.5, fill: '#e6e5e0' }),
        Plot.dot(dots.filter((dot) => dot.on), { x: 'column', y: 'list', r: 5, fill: ink }),
      ],
    }),
  );
}

export function drawTotals(lists, width) {
  const most = Math.max(1, ...lists.map((list) => list.n ?? 0));
  const words = Math.round(width * 0.62);
  return Plot.plot(
    frame({
      width,
      height: lists.length * rowHeight,
      marginTop: 0,
      marginBottom: 0,
      marginLeft: words,
      marginRight: 42,
      x: { domain: [0, most], axis: null },
      y: { domain: lists.map((list) => list.key), axis: null, paddingInner: 0.3, paddingOuter: 0.15 },
      marks: [
        Plot.barX(lists, { x: (list) => list.n ?? 0, y: 'key', fill: recorded, href: 'href' }),
        Plot.text(lists, { x: (list) => list.n ?? 0, y: 'key', text: (list) => (list.n === null ? 'withheld' : format(list.n)), textAnchor: 'start', dx: 5, fill: ink }),
        Plot.text(lists, { frameAnchor: 'left', y: 'key', dx: -words, textAnchor: 'start', text: 'key', fontWeight: 700, fill: ink }),
        Plot.text(lists, { frameAnchor: 'left', y: 'key', dx: 18 - words, textAnchor: 'start', text: (list) => short(list.title, Math.floor((words - 20) / 6.2)), title: 'title', fill: ink }),
      ],
    }),
  );
}
