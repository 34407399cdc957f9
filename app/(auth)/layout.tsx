import type { ReactNode } from 'react';
import { Logo } from '#app/_ui/logo.tsx';
import packageJson from '../../package.json' with { type: 'json' };

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-full flex-col bg-sunken px-4 py-8">
      <main className="m-auto w-full max-w-sm">
        <div className="mb-6 flex items-center justify-center gap-2.5">
          <Logo size={32} />
          <span className="text-xl font-semibold tracking-tight">Parley</span>
        </div>
        {children}
      </main>
      <p className="text-right text-xs text-ink-faint">Version {packageJson.version}</p>
    </div>
  );
}
