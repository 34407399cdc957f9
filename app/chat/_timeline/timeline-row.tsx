'use client';

import { memo } from 'react';
import type { ConversationView } from '#app/_live/model.ts';
import { Beginning } from '#app/chat/_timeline/beginning.tsx';
import { MessageRow } from '#app/chat/_timeline/message-row.tsx';
import { PendingRow } from '#app/chat/_timeline/pending-row.tsx';
import type { PlacedRow } from '#app/chat/_timeline/rows.ts';
import { DaySeparator, NewSeparator } from '#app/chat/_timeline/separators.tsx';

type Props = {
  row: PlacedRow;
  name: string;
  conversation: ConversationView;
  editingId: number | null;
  targetId: number | null;
};

export const TimelineRow = memo(function TimelineRow({
  row,
  name,
  conversation,
  editingId,
  targetId,
}: Props) {
  if (row.kind === 'beginning') return <Beginning name={name} conversation={conversation} />;
  return (
    <>
      {row.lead.day !== null && <DaySeparator label={row.lead.day} />}
      {row.lead.isNew && <NewSeparator />}
      {row.kind === 'pending' ? (
        <PendingRow pending={row.pending} isHead={row.isHead} />
      ) : (
        <MessageRow
          message={row.message}
          isHead={row.isHead}
          isEditing={row.message.id === editingId}
          isTarget={row.message.id === targetId}
        />
      )}
    </>
  );
});
