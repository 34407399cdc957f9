type Box = { left: number; top: number; width: number; height: number };

const GAP = 6;
const EDGE = 8;

/**
 * Where a tooltip goes, in pixels of the viewport: centred above its target, below it where there is no room above,
 * and never over an edge.
 */
export function placeTooltip(
  target: Box,
  tooltip: { width: number; height: number },
  viewport: { width: number; height: number },
): { left: number; top: number } {
  const above = target.top - tooltip.height - GAP;
  const below = target.top + target.height + GAP;
  const centred = target.left + (target.width - tooltip.width) / 2;
  return {
    left: Math.round(Math.max(EDGE, Math.min(centred, viewport.width - tooltip.width - EDGE))),
    top: Math.round(above >= EDGE ? above : Math.min(below, viewport.height - tooltip.height - EDGE)),
  };
}
