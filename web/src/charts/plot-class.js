// The class of every chart. Plot names its style sheet's rules by it, so that the sheet's text is fixed and its hash can be allowed.
export const plotClass = 'plot-chart';
