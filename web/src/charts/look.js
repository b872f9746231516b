// What every chart shares: the look of each kind of number, and words.
import { plotClass } from './plot-class.js';

export const ink = '#1b1b1a';
export const soft = '#6a6a66';
export const line = '#d9d8d2';
export const recorded = '#8fb0cd'; // a solid mark
export const corroborated = '#1f4e79'; // the solid part of it that two independent sources hold
export const unknownFill = '#b9b8b2';
export const estimated = '#b9651b'; // only ever as an interval that fades

export const format = (n) => Math.round(n).toLocaleString('en');
export const isUnknown = (label) => label === 'unknown';
export const short = (text, length) => ([...text].length > length ? [...text].slice(0, length - 1).join('') + '…' : text);

// Options of every plot. Text isolates itself, so that right-to-left words stay in place.
export function frame(options) {
  return { className: plotClass, style: { fontFamily: 'inherit', fontSize: '12px', background: 'none', color: ink }, ...options };
}

// Roughly how wide a label is, in pixels: a margin must be known before anything is drawn.
export const labelWidth = (labels, most) => Math.min(most, 14 + 7 * Math.max(...labels.map((label) => [...label].length), 1));
