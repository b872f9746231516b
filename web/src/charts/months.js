// Recorded persons by month of the event. Months in which nobody is recorded keep their place; unknown stands apart at the end.
import * as Plot from '@observablehq/plot';
import { corroborated, format, frame, ink, isUnknown, line, recorded, soft, unknownFill } from './look.js';

const next = (month) => {
  const [year, number] = month.split('-').map(Number);
  return number === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`;
};

// All months from the first to the last, where they are few enough to draw.
export function monthsBetween(known, most = 360) {
  const months = [];
  for (let month = known[0]; known.length && month <= known[known.length - 1]; month = next(month)) {
    months.push(month);
    if (months.length > most) return known;
  }
  return months;
}

export function drawMonths(rows, width) {
  const known = rows.filter((row) => !isUnknown(row.label)).map((row) => row.label);
  const domain = [...monthsBetween(known), 'unknown'];
  const every = Math.ceil((domain.length * 52) / Math.max(width - 60, 52));
  const full = rows.filter((row) => row.n !== null);
  const withheld = rows.filter((row) => row.n === null);
  return Plot.plot(
    frame({
      width,
      height: 220,
      marginLeft: 44,
      marginRight: 12,
      marginTop: 18,
      marginBottom: 34,
      x: { domain, label: null, tickSize: 0, padding: domain.length > 60 ? 0 : 0.2, ticks: domain.filter((month, i) => month === 'unknown' || (i % every === 0 && i < domain.length - 1 - every / 2)) },
      y: { label: null, grid: true, ticks: 4, domain: [0, Math.max(1, ...full.map((row) => row.n))], tickFormat: format },
      marks: [
        Plot.ruleY([0], { stroke: line }),
        Plot.barY(full, { x: 'label', y: 'n', fill: (row) => (isUnknown(row.label) ? unknownFill : recorded), href: 'href' }),
        Plot.barY(full.filter((row) => row.corroborated), { x: 'label', y: 'corroborated', fill: (row) => (isUnknown(row.label) ? soft : corroborated), insetLeft: domain.length > 60 ? 0 : 5, insetRight: domain.length > 60 ? 0 : 5, href: 'href' }),
        domain.length <= 24 ? Plot.text(full, { x: 'label', y: 'n', text: (row) => format(row.n), dy: -8, fill: ink }) : null,
        Plot.text(withheld, { x: 'label', y: 0, text: () => 'w', dy: -8, fill: soft, fontStyle: 'italic', title: () => 'withheld' }),
      ],
    }),
  );
}
