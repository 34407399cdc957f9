'use client';

import { type ReactNode, useId } from 'react';
import { fieldClasses } from '#app/_ui/text-field.tsx';
import { actionNames, type Entry } from '#app/chat/_shell/admin/audit-words.ts';
import { rangeOfDay } from '#app/chat/_shell/admin/times.ts';

export type Filters = {
  category: '' | 'server' | 'user';
  action: '' | Entry['action'];
  /** days as the browser writes them, "" for none */
  from: string;
  to: string;
};

export const NO_FILTERS: Filters = { category: '', action: '', from: '', to: '' };

/** The same as the server is asked. */
export function filterOf({ category, action, from, to }: Filters) {
  return {
    ...(category && { category }),
    ...(action && { action }),
    ...(from && { from: rangeOfDay(from)?.from }),
    ...(to && { to: rangeOfDay(to)?.to }),
  };
}

export function AuditFilters({ value, onChange }: { value: Filters; onChange: (filters: Filters) => void }) {
  const actions = Object.entries(actionNames).filter(
    ([action]) => !value.category || action.startsWith('user.') === (value.category === 'user'),
  );
  const day = (key: 'from' | 'to') => ({
    type: 'date',
    value: value[key],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      onChange({ ...value, [key]: event.target.value }),
    className: fieldClasses,
  });
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Field label="About">
        {(id) => (
          <select
            id={id}
            value={value.category}
            onChange={(event) =>
              onChange({ ...value, category: event.target.value as Filters['category'], action: '' })
            }
            className={fieldClasses}
          >
            <option value="">Everything</option>
            <option value="server">Server</option>
            <option value="user">People</option>
          </select>
        )}
      </Field>
      <Field label="Action">
        {(id) => (
          <select
            id={id}
            value={value.action}
            onChange={(event) => onChange({ ...value, action: event.target.value as Filters['action'] })}
            className={fieldClasses}
          >
            <option value="">All</option>
            {actions.map(([action, name]) => (
              <option key={action} value={action}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="From">{(id) => <input id={id} {...day('from')} />}</Field>
      <Field label="To">{(id) => <input id={id} {...day('to')} />}</Field>
    </div>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
