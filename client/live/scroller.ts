/**
 * Changes a scroller's content so that what one reads stays where it is. The browsers that anchor by themselves have
 * done it by the time we look; the others, and places at the very top, are helped.
 */
export function keepPlace(
  scroller: HTMLElement,
  anchorOf: () => HTMLElement | undefined,
  mutate: () => void,
): void {
  const anchor = anchorOf();
  const before = anchor?.getBoundingClientRect().top;
  mutate();
  if (!anchor?.isConnected || before === undefined) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
}

/** The first of some items that is in view. */
export function visibleItem(scroller: HTMLElement, items: readonly HTMLElement[]): HTMLElement | undefined {
  const edge = scroller.getBoundingClientRect().top;
  let low = 0;
  let high = items.length;
  // They lie in order beneath each other.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.getBoundingClientRect().bottom ?? 0) > edge + 4) high = middle;
    else low = middle + 1;
  }
  return items[low];
}
