// Persons in all, by each method: an interval that fades towards its ends, as the model's own draws thin out; what is recorded stands in it as
// a solid mark; a lower bound fades away from its floor; a method without a number says so.
import * as Plot from '@observablehq/plot';
import { corroborated, estimated, format, frame, ink, soft } from './look.js';

const slices = 60;

// How densely the draws lie along [from, to]: a normal kernel with Silverman's (1986, eq. 3.31) width, 1 where densest.
export function density(draws, from, to) {
  const n = draws.length;
  const mean = draws.reduce((sum, x) => sum + x, 0) / n;
  const deviation = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
  const middle = (draws[Math.floor(0.75 * (n - 1))] - draws[Math.floor(0.25 * (n - 1))]) / 1.34;
  const width = 0.9 * (Math.min(deviation, middle) || deviation || 1) * n ** -0.2;
  const step = (to - from) / slices;
  const heights = Array.from({ length: slices }, (_, i) => {
    const x = from + (i + 0.5) * step;
    return draws.reduce((sum, draw) => sum + Math.exp(-0.5 * ((x - draw) / width) ** 2), 0);
  });
  const most = Math.max(...heights);
  return heights.map((height, i) => ({ x1: from + i * step, x2: from + (i + 1) * step, height: height / most }));
}

function strip(method) {
  if (method.at_least !== null && method.low === null) {
    const length = method.far - method.at_least;
    return Array.from({ length: 24 }, (_, i) => ({ x1: method.at_least + (i * length) / 24, x2: method.at_least + ((i + 1) * length) / 24, height: 0.35, fade: 0.7 * (1 - i / 24) }));
  }
  if (method.low === null) return [];
  return density(method.draws, method.draws[0], method.draws[method.draws.length - 1]).map((slice) => ({ ...slice, fade: 0.08 + 0.8 * slice.height }));
}

const label = (method) => {
  if (method.low !== null) return `${format(method.low)} – ${format(method.high)}, middle ${format(method.median)}`;
  return method.at_least !== null ? `at least ${format(method.at_least)}` : method.state;
};

export function drawEstimate({ observed, methods }, width) {
  const highs = methods.flatMap((method) => [method.draws.at?.(-1) ?? observed, method.at_least ?? observed]);
  const far = Math.max(observed * 1.05, ...highs);
  const near = Math.min(observed, ...methods.flatMap((method) => (method.draws.length ? [method.draws[0]] : [])));
  const domain = [near - (far - near) * 0.04, far + (far - near) * 0.04];
  const rows = methods.map((method) => ({ ...method, far: domain[1] }));
  const parts = rows.flatMap((method) => strip(method).map((slice) => ({ ...slice, title: method.title })));
  const bounds = rows.filter((method) => method.low !== null);
  const narrow = width < 520;
  return Plot.plot(
    frame({
      width,
      height: 44 + rows.length * 78,
      marginLeft: narrow ? 8 : 150,
      marginRight: 12,
      marginTop: 22,
      marginBottom: 30,
      x: { domain, label: null, ticks: narrow ? 4 : 7, tickFormat: format },
      y: { domain: [-0.75, narrow ? 1.75 : 1.15], axis: null },
      fy: { domain: rows.map((method) => method.title), label: null, axis: null, padding: 0 },
      marks: [
        Plot.rectY(parts, { x1: 'x1', x2: 'x2', y1: 0, y2: 'height', fy: 'title', fill: estimated, fillOpacity: 'fade', inset: -0.15 }),
        Plot.ruleX(bounds, { x: 'median', y1: 0, y2: 1, fy: 'title', stroke: ink, strokeWidth: 1.5 }),
        Plot.ruleY(bounds, { x1: 'low', x2: 'high', y: -0.12, fy: 'title', stroke: estimated, strokeWidth: 1.5 }),
        Plot.text(rows, { x: (method) => method.median ?? method.at_least ?? (domain[0] + domain[1]) / 2, y: -0.45, fy: 'title', text: label, fill: (method) => (method.low === null && method.at_least === null ? soft : ink) }),
        Plot.text(rows, { frameAnchor: narrow ? 'top-left' : 'left', dx: narrow ? 0 : -146, dy: narrow ? 0 : 4, fy: 'title', text: 'title', textAnchor: 'start', fontWeight: 700, fill: ink }),
        Plot.ruleX([observed], { stroke: corroborated, strokeWidth: 4 }),
        Plot.text([observed], { x: (n) => n, frameAnchor: 'top', dy: -16, facetAnchor: 'top', textAnchor: 'start', dx: -2, text: (n) => `${format(n)} recorded`, fill: corroborated, fontWeight: 700 }),
      ],
    }),
  );
}
