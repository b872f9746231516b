// Tells the width of an element, now and whenever it changes. Drawing waits for the next frame, so that it does not change sizes while they are
// being reported.
export const measured = (tell) => (element) => {
  tell(element.clientWidth);
  const observer = new ResizeObserver(() => requestAnimationFrame(() => tell(element.clientWidth)));
  observer.observe(element);
  return () => observer.disconnect();
};
