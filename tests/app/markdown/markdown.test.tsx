import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { ChannelContext } from '#app/_ui/markdown/channel-link.tsx';
import { channelSplitter } from '#app/_ui/markdown/channel-links.ts';
import { isEmojiOnly } from '#app/_ui/markdown/emoji-only.ts';
import { Markdown } from '#app/_ui/markdown/markdown.tsx';
import { MentionContext } from '#app/_ui/markdown/mention-pill.tsx';
import { firstLink } from '#app/_ui/markdown/parser.ts';

vi.mock('#app/_ui/markdown/markdown.css', () => ({}));

const people = {
  isName: (name: string) => ['alice', 'bob', 'everyone'].includes(name),
  isMe: (name: string) => name === 'alice',
};

const channels = {
  split: channelSplitter(
    new Map([
      ['general', '/chat/general'],
      ['off-topic', '/chat/off-topic'],
      ['off-topic (old)', '/chat/private/7'],
    ]),
  ),
  Link: ({ href, children }: { href: string; children: ReactNode }) => <a href={href}>{children}</a>,
};

/** The HTML inside a message, without attributes that only style. */
function html(text: string): string {
  const markup = renderToStaticMarkup(
    <MentionContext value={people}>
      <ChannelContext value={channels}>
        <Markdown text={text} />
      </ChannelContext>
    </MentionContext>,
  );
  return markup
    .replaceAll(/ (class|dir)="[^"]*"/g, '')
    .replace(/^<div>/, '')
    .replace(/<\/div>$/, '');
}

describe('the text of a message', () => {
  test.each([
    ['**bold** and *italic*', '<p><strong>bold</strong> and <em>italic</em></p>'],
    ['__underline__ and ~~strike~~', '<p><u>underline</u> and <s>strike</s></p>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['> quoted', '<blockquote><p>quoted</p></blockquote>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['3. three', '<ol start="3"><li>three</li></ol>'],
    ['one\ntwo', '<p>one<br/>two</p>'],
    ['one\r\ntwo', '<p>one<br/>two</p>'],
    ['snake_case_name', '<p>snake_case_name</p>'],
    ['# not a heading', '<p># not a heading</p>'],
    ['    not code', '<p>not code</p>'],
    ['&amp; stays', '<p>&amp;amp; stays</p>'],
  ])('%j', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test('markup of others is text', () => {
    expect(html('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>');
  });

  test('links open beside the app and cannot reach back', () => {
    const link = (href: string, text: string) =>
      `<a href="${href}" target="_blank" rel="noopener noreferrer">${text}</a>`;
    expect(html('see https://a.example/x.')).toBe(
      `<p>see ${link('https://a.example/x', 'https://a.example/x')}.</p>`,
    );
    expect(html('www.a.example/b, ok')).toBe(
      `<p>${link('https://www.a.example/b', 'www.a.example/b')}, ok</p>`,
    );
    expect(html('a.example')).toBe('<p>a.example</p>');
    expect(html('[x](javascript:alert(1))')).toBe('<p>[x](javascript:alert(1))</p>');
  });

  test('a spoiler is not in the page until it is asked for', () => {
    expect(html('it was ||the butler||!')).toBe('<p>it was <button type="button">Show spoiler</button>!</p>');
    expect(html('a || b')).toBe('<p>a || b</p>');
  });

  test('known names are pills, others are text', () => {
    expect(html('hi @Bob, @nobody and x@bob.example')).toBe(
      '<p>hi <span>@Bob</span>, @nobody and x@bob.example</p>',
    );
    expect(html('`@bob`')).toBe('<p><code>@bob</code></p>');
  });

  test('a channel I know is a link, any other word with a # is text', () => {
    const link = (href: string, text: string) => `<a href="${href}">${text}</a>`;
    expect(html('see #General, not #nowhere')).toBe(
      `<p>see ${link('/chat/general', '#General')}, not #nowhere</p>`,
    );
    expect(html('@bob in #off-topic (old) or #off-topic')).toBe(
      `<p><span>@bob</span> in ${link('/chat/private/7', '#off-topic (old)')} or ${link('/chat/off-topic', '#off-topic')}</p>`,
    );
    for (const text of ['C#general', '#generally', '#general-2', 'a/#general']) {
      expect(html(text)).toBe(`<p>${text}</p>`);
    }
    expect(html('`#general`')).toBe('<p><code>#general</code></p>');
  });

  test('a channel within a link is the text of the link', () => {
    expect(html('[#general](https://a.example)')).not.toContain('/chat/general');
  });

  test('code keeps its language and can be copied', () => {
    const block = html('```ts\nlet a = 1\n```');
    expect(block).toContain('<span>ts</span>');
    expect(block).toContain('Copy');
    expect(block).toContain('<code>let a = 1</code>');
  });

  test('a very long word and deep nesting do no harm', () => {
    expect(html('x'.repeat(10_000))).toHaveLength(10_007);
    expect(html('>'.repeat(2_000))).toContain('blockquote');
    expect(html('*'.repeat(10_000))).toBeTruthy();
    expect(html('||'.repeat(5_000))).toBeTruthy();
  });
});

test.each([
  ['🎉', true],
  ['👍🏽 ❤️', true],
  ['👩‍💻🏳️‍🌈🇫🇷', true],
  ['3️⃣', true],
  ['3', false],
  ['🎉 done', false],
  ['', false],
  ['🎉'.repeat(13), false],
])('only emoji: %s', (text, expected) => {
  expect(isEmojiOnly(text)).toBe(expected);
});

test('the first link is the first web address, not one in code', () => {
  expect(firstLink('a `https://no.example` b https://yes.example and https://later.example')).toBe(
    'https://yes.example',
  );
  expect(firstLink('nothing here')).toBeNull();
});
