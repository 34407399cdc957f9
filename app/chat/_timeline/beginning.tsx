import { Hash, Lock, MessagesSquare } from 'lucide-react';
import type { ConversationView } from '#app/_live/model.ts';

/** What stands above the first message. */
export function Beginning({ name, conversation }: { name: string; conversation: ConversationView }) {
  const isDirect = conversation.kind === 'direct';
  const Icon = isDirect ? MessagesSquare : conversation.visibility === 'private' ? Lock : Hash;
  return (
    <div className="px-5 pt-10 pb-3">
      <Icon size={28} aria-hidden="true" className="mb-2 text-ink-faint" />
      <p className="text-lg font-semibold break-words">{name}</p>
      <p className="text-ink-muted">
        {isDirect ? 'This is the beginning of your conversation.' : 'This is the beginning of the channel.'}
        {conversation.historyStart > 0 && ' Earlier messages are for those who were here before you.'}
      </p>
    </div>
  );
}
