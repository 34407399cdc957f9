'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { useId, useMemo } from 'react';
import { useAccounts } from '#app/_live/hooks.ts';
import { fuzzyFilter } from '#app/_ui/fuzzy.ts';
import { fieldClasses } from '#app/_ui/text-field.tsx';
import {
  AccountOption,
  optionClasses,
  popupClasses,
  soughtName,
} from '#app/chat/_shell/people/account-option.tsx';

const SHOWN = 8;

/** A text field for one username, with suggestions; what it says need not be anybody's name. */
export function PersonField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (username: string) => void;
}) {
  const id = useId();
  const accounts = useAccounts();
  const found = useMemo(
    () => fuzzyFilter([...accounts.values()], value, soughtName).slice(0, SHOWN),
    [accounts, value],
  );
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <Autocomplete.Root
        items={found}
        filteredItems={found}
        value={value}
        onValueChange={onChange}
        itemToStringValue={({ username }) => username}
        autoHighlight
      >
        <Autocomplete.Input id={id} placeholder="Anyone" className={fieldClasses} />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} className="z-50 outline-none">
            <Autocomplete.Popup className={popupClasses}>
              <Autocomplete.List aria-label="People">
                {(account: (typeof found)[number]) => (
                  <Autocomplete.Item key={account.id} value={account} className={optionClasses}>
                    <AccountOption account={account} />
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </div>
  );
}
