import '#app/globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { APPEARANCE_COOKIE, appearanceFromCookie } from '#app/_ui/appearance.ts';
import { UiProvider } from '#app/_ui/ui-provider.tsx';

export const metadata: Metadata = {
  description: 'A team messenger that is yours.',
  applicationName: 'Parley',
  manifest: '/app/manifest.webmanifest',
  icons: {
    icon: [
      { url: '/app/icon.svg', type: 'image/svg+xml' },
      { url: '/app/icon-32.png', sizes: '32x32', type: 'image/png' },
    ],
    apple: '/app/apple-touch-icon.png',
  },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f5f7' },
    { media: '(prefers-color-scheme: dark)', color: '#111316' },
  ],
};

/** The chosen theme travels in a cookie, so that the first byte already has it and nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, fontSize } = appearanceFromCookie((await cookies()).get(APPEARANCE_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} data-font-size={fontSize} suppressHydrationWarning>
      <body>
        <UiProvider>{children}</UiProvider>
      </body>
    </html>
  );
}
