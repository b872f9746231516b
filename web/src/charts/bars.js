// Recorded persons by one dimension: a solid bar each, its corroborated part darker and thinner inside; unknown is drawn like any other value.
import * as Plot from '@observablehq/plot';
import { corroborated, format, frame, ink, isUnknown, labelWidth, line, recorded, short, soft, unknownFill } from './look.js';

export const mostRows = 24;

export function drawBars(rows, width) {
  const shown = rows.length > mostRows ? [...rows.slice(0, mostRows - 1), ...rows.slice(-1)] : rows;
  const labels = shown.map((row) => short(row.label, 22));
  const left = labelWidth(labels, width * 0.4);
  const full = shown.filter((row) => row.n !== null);
  return Plot.plot(
    frame({
      width,
      height: 30 + shown.length * 24,
      marginLeft: left,
      marginRight: 60,
      marginTop: 4,
      marginBottom: 24,
      x: { domain: [0, Math.max(1, ...full.map((row) => row.n))], axis: null },
      y: { domain: shown.map((row) => row.label), label: null, tickSize: 0, tickFormat: (label) => short(label, 22), padding: 0.25 },
      marks: [
        Plot.ruleX([0], { stroke: line }),
        Plot.barX(full, { x: 'n', y: 'label', fill: (row) => (isUnknown(row.label) ? unknownFill : recorded), href: 'href' }),
        Plot.barX(full.filter((row) => row.corroborated), { x: 'corroborated', y: 'label', fill: (row) => (isUnknown(row.label) ? soft : corroborated), insetTop: 5, insetBottom: 5, href: 'href' }),
        Plot.text(full, { x: 'n', y: 'label', text: (row) => format(row.n), textAnchor: 'start', dx: 5, fill: ink }),
        Plot.text(shown.filter((row) => row.n === null), { x: 0, y: 'label', text: () => 'withheld', textAnchor: 'start', dx: 5, fill: soft, fontStyle: 'italic' }),
      ],
    }),
  );
}
