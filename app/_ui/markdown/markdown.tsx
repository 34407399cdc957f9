'use client';

import '#app/_ui/markdown/markdown.css';
import type { Token } from 'markdown-it';
import { createElement, Fragment, memo, type ReactNode, use } from 'react';
import { ChannelContext, channelClasses, noChannels } from '#app/_ui/markdown/channel-link.tsx';
import { CodeBlock } from '#app/_ui/markdown/code-block.tsx';
import { isEmojiOnly } from '#app/_ui/markdown/emoji-only.ts';
import { MentionContext, MentionPill } from '#app/_ui/markdown/mention-pill.tsx';
import { splitMentions } from '#app/_ui/markdown/mentions.ts';
import { parseMarkdown } from '#app/_ui/markdown/parser.ts';
import { SpoilerText } from '#app/_ui/markdown/spoiler-text.tsx';

type Props = {
  text: string;
  /** stands behind the last word */
  after?: ReactNode;
};

/** A message's text, formatted. Tokens become elements directly: no HTML is ever made from what people write. */
export const Markdown = memo(function Markdown({ text, after }: Props) {
  if (isEmojiOnly(text)) {
    return (
      <div dir="auto" className="text-4xl leading-tight">
        {text.trim()}
        {after}
      </div>
    );
  }
  return (
    <div dir="auto" className="markdown text-chat break-words">
      {createElement(Fragment, null, ...build(parseMarkdown(text), after))}
    </div>
  );
});

/** Elements that need no more than their children. Blocks decide their own direction, as people mix scripts. */
const PLAIN: Record<string, { tag: string; props?: Record<string, unknown> }> = {
  em: { tag: 'em' },
  s: { tag: 's' },
  bullet_list: { tag: 'ul' },
  list_item: { tag: 'li', props: { dir: 'auto' } },
  blockquote: { tag: 'blockquote', props: { dir: 'auto' } },
};

/**
 * React elements for a flat list of tokens, whose nesting is told by `_open` and `_close`. `after` goes into the last
 * paragraph, or behind it all if something else is last.
 */
function build(tokens: readonly Token[], after?: ReactNode): ReactNode[] {
  const result: ReactNode[] = [];
  const endsInParagraph = after !== undefined && tokens.at(-1)?.type === 'paragraph_close';
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.nesting === 1) {
      const end = closing(tokens, index);
      const children = build(tokens.slice(index + 1, end));
      if (endsInParagraph && end === tokens.length - 1) children.push(' ', after);
      result.push(element(token, children));
      index = end;
    } else {
      result.push(leaf(token));
    }
  }
  if (after && !endsInParagraph) result.push(after);
  return result;
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    depth += (tokens[index] as Token).nesting;
    if (depth === 0) return index;
  }
  return tokens.length;
}

function element(token: Token, children: ReactNode[]): ReactNode {
  const type = token.type.slice(0, -'_open'.length);
  const plain = PLAIN[type];
  if (plain) return createElement(plain.tag, plain.props ?? null, ...children);
  switch (type) {
    case 'paragraph':
      // In a tight list the item itself is the paragraph.
      return token.hidden
        ? createElement(Fragment, null, ...children)
        : createElement('p', { dir: 'auto' }, ...children);
    case 'strong':
      return createElement(token.markup === '__' ? 'u' : 'strong', null, ...children);
    case 'ordered_list':
      return createElement('ol', { start: Number(token.attrGet('start') ?? 1) }, ...children);
    case 'link':
      return createElement(
        'a',
        { href: String(token.attrGet('href')), target: '_blank', rel: 'noopener noreferrer' },
        // a link cannot stand in a link
        createElement(ChannelContext, { value: noChannels }, ...children),
      );
    case 'spoiler':
      return createElement(SpoilerText, null, ...children);
    default:
      return createElement(Fragment, null, ...children);
  }
}

function leaf(token: Token): ReactNode {
  switch (token.type) {
    case 'inline':
      return createElement(Fragment, null, ...build(token.children ?? []));
    case 'text':
      return token.content === '' ? null : createElement(Text, { text: token.content });
    case 'code_inline':
      return createElement('code', { dir: 'ltr' }, token.content);
    case 'softbreak':
    case 'hardbreak':
      return createElement('br');
    case 'fence':
      return createElement(CodeBlock, {
        code: token.content.replace(/\n$/, ''),
        language: token.info.trim().split(/\s/)[0] ?? '',
      });
    default:
      return token.content;
  }
}

function Text({ text }: { text: string }) {
  const { isName } = use(MentionContext);
  let at = 0;
  return splitMentions(text, isName).map((part) => {
    const start = at;
    at += part.text.length;
    return part.kind === 'text' ? (
      <WithChannels key={start} text={part.text} />
    ) : (
      <MentionPill key={start} name={part.name} text={part.text} />
    );
  });
}

function WithChannels({ text }: { text: string }) {
  const { split, Link } = use(ChannelContext);
  return split(text).map((part) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <Link key={part.index} href={part.href} className={channelClasses}>
        {part.text}
      </Link>
    ),
  );
}
