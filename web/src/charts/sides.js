// Stated totals, each an outlined mark with its speaker; what is recorded of the same, a solid mark; the estimate, where it is of the same
// persons, an interval that fades towards its ends. Rows of one category and group share a scale; none is added to another.
import * as Plot from '@observablehq/plot';
import { corroborated, estimated, format, frame, ink, line, short, soft } from './look.js';

const words = (code) => code.replaceAll('_', ' ');
const title = ({ category, group, unit }) => words(category) + (group === 'all' ? '' : `, ${words(group)}`) + (unit === 'person' ? '' : ` (${words(unit)})`);
const same = (a, b) => title(a) === title(b);

const svg = (name, attributes, children = []) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const fade = () => svg('defs', {}, [svg('linearGradient', { id: 'sides-fade' }, [0, 0.9, 0].map((opacity, i) => svg('stop', { offset: i / 2, 'stop-color': estimated, 'stop-opacity': opacity })))]);

// One row a mark, in the order of the table: a heading with what is recorded, then what is stated, then the estimate.
function rows({ stated, recorded, estimated: estimate }) {
  const out = [];
  for (const of of recorded) {
    out.push({ kind: 'heading', label: title(of), n: of.n });
    for (const figure of stated.filter((figure) => same(figure, of)))
      out.push({ kind: 'stated', ...figure, x1: figure.low ?? figure.best ?? figure.high, x2: figure.high ?? figure.best ?? figure.low, open: figure.low === null || figure.high === null });
  }
  if (estimate) out.push({ kind: 'estimate', ...estimate });
  return out.map((row, y) => ({ ...row, y }));
}

export function drawSides(sides, width) {
  const all = rows(sides);
  const narrow = width < 520;
  const numbers = all.flatMap((row) => [row.n, row.x1, row.x2, row.low, row.high]).filter((n) => typeof n === 'number');
  const most = Math.max(1, ...numbers);
  const [stated, headings, estimates] = ['stated', 'heading', 'estimate'].map((kind) => all.filter((row) => row.kind === kind));
  const said = stated.filter((row) => typeof row.x1 === 'number');
  const left = narrow ? 8 : 230;
  return Plot.plot(
    frame({
      width,
      height: 40 + all.length * (narrow ? 40 : 26),
      marginLeft: left,
      marginRight: 96,
      marginTop: 8,
      marginBottom: 30,
      x: { domain: [0, most * 1.02], label: null, ticks: narrow ? 3 : 6, tickFormat: format },
      y: { domain: [all.length - 0.3, narrow ? -0.9 : -0.7], axis: null },
      marks: [
        fade,
        Plot.ruleY(headings, { y: (row) => row.y - (narrow ? 0.75 : 0.5), stroke: line }),
        Plot.ruleX(headings.filter((row) => row.n !== null), { x: 'n', y1: (row) => row.y - 0.35, y2: (row) => row.y + 0.35, stroke: corroborated, strokeWidth: 5 }),
        Plot.text(headings.filter((row) => row.n !== null), { x: 'n', y: 'y', dx: 6, text: (row) => `${format(row.n)} recorded`, textAnchor: 'start', fill: corroborated, fontWeight: 700, stroke: 'white', strokeWidth: 4 }),
        Plot.ruleY(said.filter((row) => row.x1 !== row.x2), { x1: 'x1', x2: 'x2', y: 'y', stroke: ink, strokeWidth: 1.5 }),
        Plot.dot(said, { x: 'x2', y: 'y', r: 5.5, symbol: 'square', fill: 'white', stroke: ink, strokeWidth: 1.5, href: 'href' }),
        Plot.text(said, { x: 'x2', y: 'y', dx: 11, text: 'text', textAnchor: 'start', fill: ink, stroke: 'white', strokeWidth: 4 }),
        Plot.text(stated.filter((row) => typeof row.x1 !== 'number'), { x: 0, y: 'y', dx: 4, text: 'text', textAnchor: 'start', fill: soft, fontStyle: 'italic' }),
        Plot.rect(estimates, { x1: 'low', x2: 'high', y1: (row) => row.y - 0.35, y2: (row) => row.y + 0.35, fill: 'url(#sides-fade)' }),
        Plot.text(estimates, { x: 'high', y: 'y', dx: 6, text: (row) => `${format(row.low)} – ${format(row.high)}`, textAnchor: 'start', fill: ink }),
        Plot.text(all, {
          frameAnchor: 'left', y: (row) => row.y - (narrow ? 0.42 : 0), dx: narrow ? 0 : -left + 4, textAnchor: 'start', stroke: 'white', strokeWidth: 4, fill: ink,
          fontWeight: 400, text: (row) => (row.kind === 'heading' ? '' : row.kind === 'estimate' ? 'estimated, everyone harmed' : short(`⁨${row.by ?? 'unknown'}⁩${row.on ? `, ${row.on}` : ''}`, narrow ? 44 : 32)),
        }),
        Plot.text(headings, { frameAnchor: 'left', y: (row) => row.y - (narrow ? 0.42 : 0), dx: narrow ? 0 : -left + 4, textAnchor: 'start', stroke: 'white', strokeWidth: 4, fill: ink, fontWeight: 700, text: 'label' }),
      ],
    }),
  );
}
