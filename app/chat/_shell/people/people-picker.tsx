'use client';

import { Combobox } from '@base-ui/react/combobox';
import { X } from 'lucide-react';
import { type RefObject, useId, useMemo, useState } from 'react';
import { useAccounts, useMe } from '#app/_live/hooks.ts';
import type { AccountView } from '#app/_live/model.ts';
import { fuzzyFilter } from '#app/_ui/fuzzy.ts';
import {
  AccountOption,
  optionClasses,
  popupClasses,
  soughtName,
} from '#app/chat/_shell/people/account-option.tsx';

const SHOWN = 50;

type Props = {
  label: string;
  placeholder: string;
  value: readonly AccountView[];
  onChange: (people: AccountView[]) => void;
  /** who is not offered, besides me */
  without?: ReadonlySet<number>;
  inputRef?: RefObject<HTMLInputElement | null>;
};

/** Several people, picked by typing parts of their names. A comma or Tab takes the best one. */
export function PeoplePicker({ label, placeholder, value, onChange, without, inputRef }: Props) {
  const id = useId();
  const me = useMe();
  const accounts = useAccounts();
  const [typed, setTyped] = useState('');
  const offered = useMemo(
    () => [...accounts.values()].filter((account) => account.id !== me.id && !without?.has(account.id)),
    [accounts, me.id, without],
  );
  const found = useMemo(() => fuzzyFilter(offered, typed, soughtName).slice(0, SHOWN), [offered, typed]);

  function takeBest(event: React.KeyboardEvent) {
    const isTake = event.key === ',' || (event.key === 'Tab' && !event.shiftKey);
    const best = found.find((account) => !value.some((picked) => picked.id === account.id));
    if (!isTake || typed.trim() === '' || !best) return;
    event.preventDefault();
    onChange([...value, best]);
    setTyped('');
  }

  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <Combobox.Root
        multiple
        items={offered}
        filteredItems={found}
        value={[...value]}
        onValueChange={(people) => {
          onChange(people);
          setTyped('');
        }}
        inputValue={typed}
        onInputValueChange={setTyped}
        itemToStringLabel={(account: AccountView) => account.username}
        isItemEqualToValue={(one: AccountView, other: AccountView) => one.id === other.id}
        autoHighlight
      >
        <Combobox.InputGroup className="flex min-h-9 w-full cursor-text flex-wrap items-center gap-1 rounded-control border border-line-strong bg-canvas px-1.5 py-1 focus-within:border-focus focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus touch:min-h-11">
          <Combobox.Chips className="contents">
            {value.map((account) => (
              <Combobox.Chip
                key={account.id}
                aria-label={account.username}
                className="flex h-7 items-center gap-1 rounded-control bg-accent-soft pl-2 text-sm text-accent-ink outline-none focus-within:ring-2 focus-within:ring-focus"
              >
                {account.username}
                <Combobox.ChipRemove
                  aria-label={`Remove ${account.username}`}
                  className="flex size-6 items-center justify-center rounded-control hover:bg-hover"
                >
                  <X size={13} aria-hidden="true" />
                </Combobox.ChipRemove>
              </Combobox.Chip>
            ))}
            <Combobox.Input
              ref={inputRef}
              id={id}
              placeholder={value.length > 0 ? '' : placeholder}
              onKeyDown={takeBest}
              autoCapitalize="none"
              spellCheck={false}
              className="h-7 min-w-24 flex-1 bg-transparent px-1.5 outline-none"
            />
          </Combobox.Chips>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-50 outline-none">
            <Combobox.Popup className={popupClasses}>
              <Combobox.Empty className="px-3 text-sm text-ink-muted not-empty:py-2">
                Nobody by that name.
              </Combobox.Empty>
              <Combobox.List aria-label="People">
                {(account: AccountView) => (
                  <Combobox.Item key={account.id} value={account} className={optionClasses}>
                    <AccountOption account={account} />
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}
