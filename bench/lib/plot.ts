/** A line of a plot; `x` grows. */
export type Series = { name: string; points: { x: number; y: number }[] };

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { left: 64, right: 140, top: 48, bottom: 48 };
const COLOURS = ['#2f5fd0', '#1a7f6b', '#b3471d', '#7a3fb0', '#a02c5a'];

/** A small SVG with a logarithmic axis of sizes and a linear one of microseconds, legible on light and dark pages. */
export function plot({ title, unit, series }: { title: string; unit: string; series: Series[] }): string {
  const points = series.flatMap((one) => one.points);
  const [low, high] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const top = niceCeiling(Math.max(...points.map(({ y }) => y)));
  const x = (value: number) =>
    MARGIN.left +
    ((Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))) *
      (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) => HEIGHT - MARGIN.bottom - (value / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const sizes = [...new Set(points.map((point) => point.x))];
  const levels = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(MARGIN.left, 24, title, 'font-size="14" font-weight="600"'),
    ...levels.flatMap((level) => [
      `<path d="M${MARGIN.left} ${fixed(y(level))}H${WIDTH - MARGIN.right}" stroke="#d8dbe0"/>`,
      text(MARGIN.left - 8, y(level) + 4, `${Math.round(level)} µs`, 'text-anchor="end"'),
    ]),
    ...sizes.map((size) =>
      text(x(size), HEIGHT - MARGIN.bottom + 20, size.toLocaleString('en'), 'text-anchor="middle"'),
    ),
    text((WIDTH - MARGIN.right + MARGIN.left) / 2, HEIGHT - 8, unit, 'text-anchor="middle"'),
    ...series.flatMap((one, index) => line(one, COLOURS[index % COLOURS.length] as string, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

function line({ name, points }: Series, colour: string, x: (n: number) => number, y: (n: number) => number) {
  const path = points.map((point) => `${fixed(x(point.x))} ${fixed(y(point.y))}`).join('L');
  const last = points.at(-1);
  return [
    `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...points.map(
      (point) => `<circle cx="${fixed(x(point.x))}" cy="${fixed(y(point.y))}" r="3" fill="${colour}"/>`,
    ),
    ...(last ? [text(x(last.x) + 10, y(last.y) + 4, name, `fill="${colour}"`)] : []),
  ];
}

function text(x: number, y: number, words: string, attributes = ''): string {
  const fill = attributes.includes('fill=') ? '' : 'fill="#3c4149" ';
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${fill}${attributes}>${words}</text>`;
}

function niceCeiling(value: number): number {
  const step = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / step) * step;
}

const fixed = (value: number) => Number(value.toFixed(1));
