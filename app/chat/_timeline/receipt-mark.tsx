'use client';

import { Check } from 'lucide-react';
import { useLiveState } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';

const MOST_NAMES = 20;

/** A check beside my own message, once somebody else has read it. */
export function ReceiptMark({ message }: { message: Message }) {
  const { conversationId, seq } = message;
  const readers = useLiveState((state) => {
    const names: string[] = [];
    for (const receipt of state.receipts.get(conversationId)?.values() ?? []) {
      if (receipt.readSeq >= seq && receipt.person.id !== state.me.id) names.push(receipt.person.name);
    }
    return listOf(names);
  });
  return (
    <span className="w-4 shrink-0 self-end pb-1">
      {readers && (
        <span title={`Read by ${readers}`} className="text-success-ink">
          <Check size={14} aria-hidden="true" />
          <span className="sr-only">Read by {readers}</span>
        </span>
      )}
    </span>
  );
}

/** "alice, bob", and beyond twenty how many more; a string, so that equal lists are equal. */
function listOf(names: string[]): string {
  const sorted = names.sort();
  const shown = sorted.slice(0, MOST_NAMES).join(', ');
  return sorted.length > MOST_NAMES ? `${shown} and ${sorted.length - MOST_NAMES} more` : shown;
}
