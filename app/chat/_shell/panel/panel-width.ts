export const PANEL_WIDTHS = { least: 280, usual: 360, most: 640 } as const;

const STORAGE_KEY = 'panelWidth';

export function clampPanelWidth(pixels: number): number {
  if (!Number.isFinite(pixels)) return PANEL_WIDTHS.usual;
  return Math.min(PANEL_WIDTHS.most, Math.max(PANEL_WIDTHS.least, Math.round(pixels)));
}

/** As wide as it was left, in pixels. */
export function storedPanelWidth(): number {
  return clampPanelWidth(Number(localStorage.getItem(STORAGE_KEY) ?? PANEL_WIDTHS.usual));
}

export function storePanelWidth(pixels: number): void {
  localStorage.setItem(STORAGE_KEY, String(pixels));
}
