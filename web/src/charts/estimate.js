// Persons in all, by each method: an interval that fades towards its ends, as the model's own draws thin out; what is recorded stands in it as
// a solid mark; a lower bound fades away from its floor; a method without a number says so.
import * as Plot from '@observablehq/plot';
import { corroborated, estimated, format, frame, ink, soft } from './look.js';

const steps = 60;

// How densely the draws lie along [from, to]: a normal kernel with Silverman's (1986, eq. 3.31) width, 1 where densest.
export function density(draws, from, to) {
  const n = draws.length;
  const mean = draws.reduce((sum, x) => sum + x, 0) / n;
  const deviation = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
  const middle = (draws[Math.floor(0.75 * (n - 1))] - draws[Math.floor(0.25 * (n - 1))]) / 1.34;
  const width = 0.9 * (Math.min(deviation, middle) || deviation || 1) * n ** -0.2;
  const points = Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);
  const heights = points.map((x) => draws.reduce((sum, draw) => sum + Math.exp(-0.5 * ((x - draw) / width) ** 2), 0));
  const most = Math.max(...heights);
  return points.map((x, i) => ({ x, height: heights[i] / most, fade: (0.9 * heights[i]) / most }));
}

// The draws but for the thinnest half per cent: a few far ones would flatten all that can be read.
const bulk = ({ draws }) => draws.slice(Math.floor(0.0025 * draws.length), Math.ceil(0.9975 * draws.length));

// What fades: [x, opacity] along a shape of the given height. Draws fade with their density, a bound away from its floor.
function fading(method, far) {
  if (method.low !== null) return density(method.draws, bulk(method)[0], bulk(method).at(-1));
  if (method.at_least !== null) return Array.from({ length: 13 }, (_, i) => ({ x: method.at_least + ((far - method.at_least) * i) / 12, height: 0.35, fade: 0.75 * (1 - i / 12) }));
  return [];
}

const svg = (name, attributes, children = []) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

// One gradient a method, over the width of its shape.
function gradients(shapes) {
  return svg('defs', {}, shapes.filter((points) => points.length).map((points) => {
    const [from, to] = [points[0].x, points[points.length - 1].x];
    const stops = points.map(({ x, fade }) => svg('stop', { offset: (x - from) / (to - from || 1), 'stop-color': estimated, 'stop-opacity': fade.toFixed(3) }));
    return svg('linearGradient', { id: points[0].fill }, stops);
  }));
}

const label = (method) => {
  if (method.low !== null) return `${format(method.low)} – ${format(method.high)}, middle ${format(method.median)}`;
  return method.at_least !== null ? `at least ${format(method.at_least)}` : method.state;
};

export function drawEstimate({ observed, methods }, width) {
  const highs = methods.flatMap((method) => [bulk(method).at(-1) ?? observed, method.at_least ?? observed]);
  const far = Math.max(observed * 1.05, ...highs);
  const near = Math.min(observed, ...methods.flatMap((method) => bulk(method).slice(0, 1)));
  const domain = [near - (far - near) * 0.04, far + (far - near) * 0.04];
  const rows = methods;
  const shapes = rows.map((method, i) => fading(method, domain[1]).map((point) => ({ ...point, title: method.title, fill: `fade-${i}` })));
  const bounds = rows.filter((method) => method.low !== null);
  const narrow = width < 520;
  return Plot.plot(
    frame({
      width,
      height: 44 + rows.length * 78,
      marginLeft: narrow ? 8 : 240,
      marginRight: 12,
      marginTop: narrow ? 34 : 22,
      marginBottom: 30,
      x: { domain, label: null, ticks: narrow ? 4 : 7, tickFormat: format },
      y: { domain: [-0.75, narrow ? 1.75 : 1.15], axis: null },
      fy: { domain: rows.map((method) => method.title), label: null, axis: null, padding: 0 },
      marks: [
        () => gradients(shapes),
        Plot.ruleX([observed], { stroke: corroborated, strokeWidth: 4 }),
        shapes.filter((points) => points.length).map((points) => Plot.areaY(points, { x: 'x', y1: 0, y2: 'height', fy: 'title', fill: `url(#${points[0].fill})` })),
        Plot.ruleX(bounds, { x: 'median', y1: 0, y2: 1, fy: 'title', stroke: ink, strokeWidth: 1.5 }),
        Plot.ruleY(bounds, { x1: 'low', x2: 'high', y: -0.12, fy: 'title', stroke: estimated, strokeWidth: 1.5 }),
        Plot.text(rows.filter((method) => method.low === null && method.at_least !== null), { x: 'at_least', y: -0.3, fy: 'title', text: label, textAnchor: 'start', fill: ink }),
        Plot.text(bounds, { x: 'median', y: -0.45, fy: 'title', text: label, fill: ink }),
        Plot.text(rows.filter((method) => method.low === null && method.at_least === null), { x: (domain[0] + domain[1]) / 2, y: 0.35, fy: 'title', text: label, fill: soft, fontStyle: 'italic' }),
        Plot.text(rows, { frameAnchor: narrow ? 'top-left' : 'left', dx: narrow ? 0 : -236, dy: narrow ? 0 : 4, fy: 'title', text: 'title', textAnchor: 'start', fontWeight: 700, fill: ink, stroke: 'white', strokeWidth: 5 }),
        Plot.text([observed], { x: (n) => n, frameAnchor: 'top', dy: narrow ? -28 : -16, facetAnchor: 'top', textAnchor: 'start', dx: -2, text: (n) => `${format(n)} recorded`, fill: corroborated, fontWeight: 700 }),
      ],
    }),
  );
}
