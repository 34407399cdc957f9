import { Button } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/text-field.tsx';

/** Asks for an address and posts it to a step of signing in (server/sign-in). */
export function EmailForm({
  step,
  verb,
  email,
  next = null,
}: {
  step: 'send-link' | 'dev' | 'send-password-link';
  verb: string;
  email: string;
  next?: string | null;
}) {
  return (
    <form method="post" action={`/api/sign-in/${step}`} className="grid gap-4">
      {next !== null && <input type="hidden" name="next" value={next} />}
      <TextField
        label="Email address"
        name="email"
        type="email"
        defaultValue={email}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={254}
      />
      <Button type="submit" variant="primary" wide>
        {verb}
      </Button>
    </form>
  );
}
