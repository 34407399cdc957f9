'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useHighlighted } from '#app/_ui/markdown/use-highlighted.ts';

const COPIED_MS = 2_000;

/** A fenced block: its language, a button that copies it, and colours once they are there. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const highlighted = useHighlighted(code, language);
  return (
    <div className="group/code my-1.5 overflow-hidden rounded-control border border-line bg-code first:mt-0 last:mb-0">
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-ink-muted">
        <span>{language || 'text'}</span>
        <CopyButton text={code} />
      </div>
      <pre dir="ltr" className="code overflow-x-auto p-3 font-mono text-[0.875em] leading-relaxed">
        <code>{highlighted ?? code}</code>
      </pre>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), COPIED_MS);
  };

  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="inline-flex h-6 items-center gap-1.5 rounded-sm px-2 hover:bg-hover hover:text-ink touch:h-8"
    >
      {copied ? <Check size={13} aria-hidden="true" /> : <Copy size={13} aria-hidden="true" />}
      {copied ? 'Copied' : 'Copy'}
    </button>
  );
}
