export type Theme = 'light' | 'dark' | 'system';

export type Appearance = {
  theme: Theme;
  /** pixels, 11 to 22 */
  fontSize: number;
};

export const APPEARANCE_COOKIE = 'appearance';
export const FONT_SIZES = { least: 11, usual: 15, most: 22 } as const;

const YEAR_SECONDS = 31_536_000;

/** Reads `dark.16`; whatever is missing or odd is as usual. */
export function appearanceFromCookie(value: string | undefined): Appearance {
  const [theme, size] = (value ?? '').split('.');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    fontSize: clampFontSize(Number(size || FONT_SIZES.usual)),
  };
}

/** The cookie that `appearanceFromCookie` reads, as `document.cookie` wants it. */
export function appearanceCookie({ theme, fontSize }: Appearance): string {
  return `${APPEARANCE_COOKIE}=${theme}.${fontSize}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

export function clampFontSize(pixels: number): number {
  if (!Number.isFinite(pixels)) return FONT_SIZES.usual;
  return Math.min(FONT_SIZES.most, Math.max(FONT_SIZES.least, Math.round(pixels)));
}
