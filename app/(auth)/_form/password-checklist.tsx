import { Check, Circle } from 'lucide-react';
import { classes } from '#app/_ui/classes.ts';
import { passwordRules } from '#server/domain/accounts/password-rules';

/** What a new password needs, ticked off as it is typed; and whether it was typed the same way twice. */
export function PasswordChecklist({ password, confirmation }: { password: string; confirmation: string }) {
  const same = password !== '' && password === confirmation;
  return (
    <ul aria-label="Rules for the password" className="grid gap-1 text-sm text-ink-muted">
      {passwordRules.map((rule) => (
        <Rule key={rule.id} label={rule.label} met={password !== '' && rule.test(password)} />
      ))}
      <Rule label="Both entries the same" met={same} />
    </ul>
  );
}

function Rule({ label, met }: { label: string; met: boolean }) {
  const Icon = met ? Check : Circle;
  return (
    <li className={classes('flex items-center gap-2', met && 'text-success-ink')}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      {label}
      <span className="sr-only">: {met ? 'met' : 'not met'}</span>
    </li>
  );
}
