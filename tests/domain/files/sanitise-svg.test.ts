import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sanitiseSvg } from '#server/domain/files/sanitise-svg';
import { ATTRIBUTES, ELEMENTS } from '#server/domain/files/svg-vocabulary';
import { isRefusal } from '#server/domain/kernel/refusal';
import { refusalOf } from '#tests/support/refusals';

const clean = async (markup: string | Buffer) => (await sanitiseSvg(Buffer.from(markup))).toString();
const within = async (inner: string) => {
  const markup = await clean(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${inner}</svg>`,
  );
  return /^<svg [^>]*>(.*)<\/svg>$/s.exec(markup)?.[1];
};

describe('a drawing', () => {
  it('keeps its shapes, its text and what they look like', async () => {
    const inner = `<defs><linearGradient id="g"><stop offset="0" stop-color="red"></stop></linearGradient></defs>
      <style>.a { fill: url(#g) } @media print { .a { fill: black } }</style>
      <rect class="a" width="10" height="10" style="stroke: blue; filter: url('#f')" transform="rotate(3)"></rect>
      <text x="1">1 &lt; 2 &amp; 3</text><use xlink:href="#g"></use>
      <image href="data:image/png;base64,AAAA"></image>`;
    expect(await within(inner)).toBe(inner);
  });

  it('is drawn the same as before', async () => {
    const markup = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      <svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><g fill="#c00"><circle cx="10" cy="10" r="8"/></g></svg>`;
    const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
    expect(await pixels(await sanitiseSvg(Buffer.from(markup)))).toEqual(await pixels(Buffer.from(markup)));
  });

  it.each([
    ['a script', '<script>alert(1)</script>', ''],
    ['a script of another prefix', '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', ''],
    [
      'a script in a link',
      '<a xlink:href="javascript:alert(1)"><script/><rect/></a>',
      '<g><rect></rect></g>',
    ],
    ['an event attribute', '<rect onload="alert(1)" ONCLICK="alert(1)" x="1"/>', '<rect x="1"></rect>'],
    ['a foreign document', '<foreignObject><iframe src="/"/></foreignObject><rect/>', '<rect></rect>'],
    ['an animation', '<set attributeName="href" to="javascript:alert(1)"/>', ''],
    ['a picture of elsewhere', '<image href="https://evil.example/a.png"/>', '<image></image>'],
    ['a picture that is a drawing', '<image href="data:image/svg+xml;base64,AAAA"/>', '<image></image>'],
    ['a part of another document', '<use href="other.svg#a"/>', '<use></use>'],
    ['style from elsewhere', '<style>@import "https://evil.example/a.css";</style>', ''],
    ['style that fetches', '<style>a{background:url(https://evil.example)}</style>', ''],
    ['style that hides what it fetches', '<style>a{background:u\\72l(//evil.example)}</style>', ''],
    ['an attribute that fetches', '<rect fill="url(https://evil.example#a)"/>', '<rect></rect>'],
    ['an attribute with an image set', `<rect style="mask:image-set('//e' 1x)"/>`, '<rect></rect>'],
    ['another namespace', '<g xmlns="http://www.w3.org/1999/xhtml"><script/></g>', '<g></g>'],
    ['elements inside style', '<style>a{}<script>alert(1)</script></style>', '<style>a{}</style>'],
    ['instructions and comments', '<?xml-stylesheet href="a.css"?><!-- <script/> -->', ''],
  ])('loses %s', async (_, inner, left) => {
    expect(await within(inner)).toBe(left);
  });

  it('loses its document type and the entities it declares', async () => {
    const markup = `<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]><svg><text>&x;</text></svg>`;
    const result = await clean(markup).catch((error: unknown) => (isRefusal(error) ? '' : String(error)));
    expect(result).not.toMatch(/<!|<script/);
    const simple = await clean('<!DOCTYPE svg><svg><text>&x;</text></svg>');
    expect(simple).toContain('<text>&amp;x;</text>');
  });

  it('may come in UTF-16', async () => {
    const markup = Buffer.from('\ufeff<svg><text>é</text></svg>', 'utf16le');
    expect(await clean(markup)).toContain('<text>é</text>');
  });

  it('may be long, and holds nobody else up', async () => {
    const inner = `${'<g>😀</g>'.repeat(200_000)}`;
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    expect((await within(inner)) === inner).toBe(true);
    clearInterval(others);
    expect(turns).toBeGreaterThan(5);
  });

  it.each(['', 'words', '<html><svg/></html>', '<svg>', '<svg><g></g>', '<svg', '\xff\xfe\xfd', '{"svg":1}'])(
    'is refused when it is not one: %j',
    async (markup) => {
      expect(await refusalOf(sanitiseSvg(Buffer.from(markup, 'latin1')))).toBe('invalid/bad_image');
    },
  );

  it('is refused, at once, when it is deeper than any drawing', async () => {
    expect(await refusalOf(sanitiseSvg(Buffer.from('<svg>'.repeat(2_000_000))))).toBe('invalid/bad_image');
  });

  it('holds nothing but what is allowed, however it was written', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          '<svg>',
          '</svg>',
          '<svg xmlns="a"',
          '<script>',
          '</script>',
          '<style>',
          '</style>',
          '<![CDATA[',
          ']]>',
        ],
        ...[
          '<!--',
          '-->',
          '<g ',
          '/>',
          '>',
          '<',
          '"',
          "'",
          '=',
          '&lt;script&gt;',
          '&#x3c;',
          '&#0;',
          '&#xD800;',
        ],
        ...[
          'onload="alert(1)"',
          'href="javascript:a"',
          'style="a:url(//e)"',
          '<foreignObject>',
          '<a>',
          '</a>',
        ],
        ...[
          '<!DOCTYPE svg [',
          ']>',
          '<?xml',
          '?>',
          '\0',
          '\u{1F600}',
          '\\',
          'url(#a)',
          'id="',
          '<image ',
          '<text>',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const markup = fc.array(piece, { maxLength: 30 }).map((parts) => `<svg>${parts.join('')}</svg>`);
    let drawn = 0;
    await fc.assert(
      fc.asyncProperty(markup, async (text) => {
        let result: string;
        try {
          result = await clean(text);
        } catch (error) {
          expect(isRefusal(error)).toBe(true);
          return;
        }
        drawn++;
        expectOnlyAllowed(result);
        expect(await clean(result)).toBe(result);
      }),
      { numRuns: 3_000 },
    );
    expect(drawn).toBeGreaterThan(500);
  });

  it('is a document that a strict parser reads', async () => {
    const name = fc.constantFrom('g', 'rect', 'text', 'style', 'script', 'a', 'use');
    const inner = fc
      .array(fc.tuple(name, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 5 })
      .map((parts) => parts.map(([tag, text]) => `<${tag} id="${text}">${text}</${tag}>`).join(''));
    await fc.assert(
      fc.asyncProperty(inner, async (text) => {
        const bytes = await sanitiseSvg(Buffer.from(`<svg width="1" height="1">${text}</svg>`)).catch(
          () => null,
        );
        if (bytes) await sharp(bytes).metadata();
      }),
      { numRuns: 300 },
    );
  });
});

function expectOnlyAllowed(markup: string): void {
  expect(markup).not.toMatch(/<[!?]/);
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        expect(ELEMENTS).toContain(name);
        for (const [key, value] of Object.entries(attributes)) {
          if (key.startsWith('xmlns')) continue;
          if (!key.endsWith('href')) expect(ATTRIBUTES).toContain(key);
          expect(value).not.toMatch(/script:|\/\//);
        }
      },
    },
    { xmlMode: true },
  );
  parser.end(markup);
}
