'use client';

import { Ellipsis, MessageSquareText, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useActions } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { EmojiButton, EmojiPopover } from '#app/_ui/emoji/emoji-button.tsx';
import { Menu } from '#app/_ui/menu.tsx';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';
import { useMessageKeys } from '#app/chat/_timeline/use-message-keys.ts';
import { useMessageTools } from '#app/chat/_timeline/use-message-tools.ts';

const MenuPopup = lazy(() =>
  import('#app/_ui/menu-popup.tsx').then((module) => ({ default: module.MenuPopup })),
);
const ConfirmDialog = lazy(() =>
  import('#app/_ui/confirm-dialog.tsx').then((module) => ({ default: module.ConfirmDialog })),
);

type Props = {
  message: Message;
  /** where a long press asks for the tools as a menu; null shows them as a toolbar */
  menuAt: { x: number; y: number } | null;
  onMenuClose: () => void;
  /** something of the tools is open, and they have to stay as long */
  onHold: (isHeld: boolean) => void;
};

/** What can be done with a message: only what this person may do. */
export function MessageToolbar({ message, menuAt, onMenuClose, onHold }: Props) {
  const tools = useMessageTools(message);
  const [open, setOpen] = useState<'delete' | 'react' | null>(null);
  /** In one step with the holding: a menu that closes takes the focus away, and the tools would go with it. */
  const show = (next: 'delete' | 'react' | null) => {
    setOpen(next);
    onHold(next !== null);
  };
  /** where the picker of a long press or a key hangs: the toolbar itself is not there on a phone */
  const corner = useRef<HTMLSpanElement>(null);
  const { deleteMessage } = useActions();
  const { focusComposer } = useConversationActions();
  /** The form takes the tools' place before a menu has faded and said so: it would open again after them. */
  const edit =
    tools.edit &&
    (() => {
      onMenuClose();
      tools.edit?.();
    });
  // A message that goes while its deletion is being asked about takes the question with it: the focus must not go too.
  const isAsking = useRef(false);
  useEffect(() => {
    isAsking.current = open === 'delete';
  }, [open]);
  useEffect(
    () => () => {
      if (isAsking.current) focusComposer();
    },
    [focusComposer],
  );
  useMessageKeys(corner, {
    delete: tools.mayDelete ? () => show('delete') : undefined,
    edit: tools.edit,
    reply: tools.reply,
    thread: tools.thread,
    copy: tools.copy,
    react: () => show('react'),
  });

  return (
    <>
      <span ref={corner} className="absolute top-0 right-4" />
      <div
        role="toolbar"
        aria-label="Message actions"
        onKeyDown={walk}
        className="absolute -top-3.5 right-4 z-10 flex rounded-control bg-raised p-0.5 shadow-float touch:hidden"
      >
        <EmojiButton label="React" onPick={tools.react}>
          <SmilePlus size={16} aria-hidden="true" />
        </EmojiButton>
        {tools.reply && (
          <IconButton label="Reply" size="small" onClick={tools.reply}>
            <Reply size={16} aria-hidden="true" />
          </IconButton>
        )}
        {tools.thread && (
          <IconButton label="Reply in thread" size="small" onClick={tools.thread}>
            <MessageSquareText size={15} aria-hidden="true" />
          </IconButton>
        )}
        {tools.edit && (
          <IconButton label="Edit" size="small" onClick={tools.edit}>
            <Pencil size={15} aria-hidden="true" />
          </IconButton>
        )}
        {tools.mayDelete && (
          <IconButton label="Delete" size="small" onClick={() => show('delete')}>
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        )}
        <Menu
          items={tools.more}
          trigger={
            <IconButton label="More" size="small">
              <Ellipsis size={16} aria-hidden="true" />
            </IconButton>
          }
        />
      </div>
      <Suspense>
        {menuAt && (
          <MenuPopup
            anchor={menuAt}
            align="start"
            items={[
              { label: 'React', icon: SmilePlus, onSelect: () => show('react') },
              ...(tools.reply ? [{ label: 'Reply', icon: Reply, onSelect: tools.reply }] : []),
              ...(tools.thread
                ? [{ label: 'Reply in thread', icon: MessageSquareText, onSelect: tools.thread }]
                : []),
              ...(edit ? [{ label: 'Edit', icon: Pencil, onSelect: edit }] : []),
              ...tools.more,
              ...(tools.mayDelete
                ? [{ label: 'Delete', icon: Trash2, danger: true, onSelect: () => show('delete') }]
                : []),
            ]}
            onClose={onMenuClose}
          />
        )}
        {open === 'react' && <EmojiPopover anchor={corner} onPick={tools.react} onClose={() => show(null)} />}
        {open === 'delete' && (
          <ConfirmDialog
            open
            onClose={() => {
              show(null);
              focusComposer();
            }}
            title="Delete this message?"
            verb="Delete"
            explain={problemOf}
            onConfirm={async () => void (await deleteMessage(message.id))}
          >
            {message.thread
              ? 'It disappears for everyone with its whole thread, and cannot be brought back.'
              : 'It disappears for everyone and cannot be brought back.'}
          </ConfirmDialog>
        )}
      </Suspense>
    </>
  );
}

/** Arrow keys walk the buttons of a toolbar. */
function walk(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  buttons.at((at + step) % buttons.length)?.focus();
}
