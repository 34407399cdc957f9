'use client';

import { memo } from 'react';
import type { ConversationView } from '#app/_live/model.ts';
import { Beginning } from '#app/chat/_timeline/beginning.tsx';
import { MessageRow } from '#app/chat/_timeline/message-row.tsx';
import { PendingRow } from '#app/chat/_timeline/pending-row.tsx';
import type { Row } from '#app/chat/_timeline/rows.ts';
import { DaySeparator, NewSeparator } from '#app/chat/_timeline/separators.tsx';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';

type Props = {
  row: Row;
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
  switch (row.kind) {
    case 'older':
      return <Skeletons count={4} />;
    case 'beginning':
      return <Beginning name={name} conversation={conversation} />;
    case 'day':
      return <DaySeparator label={row.label} />;
    case 'new':
      return <NewSeparator />;
    case 'pending':
      return <PendingRow pending={row.pending} isHead={row.isHead} />;
    case 'message':
      return (
        <MessageRow
          message={row.message}
          isHead={row.isHead}
          isEditing={row.message.id === editingId}
          isTarget={row.message.id === targetId}
        />
      );
  }
});
