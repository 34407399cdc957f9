'use client';

import { Bold, Code, Italic, List, Quote, SquareCode, Strikethrough, Underline } from 'lucide-react';
import type { ComponentType } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { fence, type Selected, toggleMarker, togglePrefix } from '#app/chat/_composer/formatting.ts';

export type Format = (selected: Selected) => Selected;

const marker = (mark: string): Format => {
  return (selected) => toggleMarker(selected, mark);
};

type Tool = {
  label: string;
  icon: ComponentType<{ size?: number; 'aria-hidden'?: 'true' }>;
  format: Format;
  /** with Ctrl (or Command): the key, after "Shift+" if it wants Shift too */
  key?: string;
};

export const TOOLS: readonly Tool[] = [
  { label: 'Bold', icon: Bold, format: marker('**'), key: 'B' },
  { label: 'Italic', icon: Italic, format: marker('*'), key: 'I' },
  { label: 'Underline', icon: Underline, format: marker('__'), key: 'U' },
  { label: 'Strikethrough', icon: Strikethrough, format: marker('~~'), key: 'Shift+X' },
  { label: 'Code', icon: Code, format: marker('`') },
  { label: 'Code block', icon: SquareCode, format: fence },
  { label: 'Quote', icon: Quote, format: (selected) => togglePrefix(selected, '> ') },
  { label: 'List', icon: List, format: (selected) => togglePrefix(selected, '- ') },
];

/** The format a key combination asks for; null for any other. */
export function formatOfKey(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}): Format | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const pressed = `${event.shiftKey ? 'Shift+' : ''}${event.key.toUpperCase()}`;
  return TOOLS.find(({ key }) => key === pressed)?.format ?? null;
}

/** Buttons that mark up what is selected. They leave the focus in the text. */
export function FormattingBar({ onFormat }: { onFormat: (format: Format) => void }) {
  return (
    <div role="toolbar" aria-label="Formatting" className="flex max-md:hidden">
      {TOOLS.map(({ label, icon: Icon, format, key }) => (
        <IconButton
          key={label}
          label={label}
          shortcut={key && `Ctrl+${key}`}
          size="small"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onFormat(format)}
        >
          <Icon size={16} aria-hidden="true" />
        </IconButton>
      ))}
    </div>
  );
}
