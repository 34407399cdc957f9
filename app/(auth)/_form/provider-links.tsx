import type { Ways } from '#app/(auth)/_form/sign-in-ways.ts';

/** Ways in through others. Links, not buttons of a form: the page's policy lets no form be sent on elsewhere. */
export function ProviderLinks({ providers, next }: { providers: Ways['providers']; next: string | null }) {
  if (providers.length === 0) return null;
  const query = next === null ? '' : `?next=${encodeURIComponent(next)}`;
  return (
    <ul aria-label="Other ways to sign in" className="grid gap-2">
      {providers.map(({ id, name }) => (
        <li key={id}>
          <a
            href={`/api/sign-in/provider/${encodeURIComponent(id)}${query}`}
            className="flex h-9 w-full items-center justify-center rounded-control border border-line-strong bg-canvas px-3.5 font-medium transition-colors hover:bg-hover active:bg-pressed touch:h-11"
          >
            Continue with {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
