import sharp from 'sharp';

/** Simple drawings in place of photographs: made here, so that the repository carries none. */
const DRAWINGS: Record<string, string> = {
  enclosure: `<rect width="1200" height="800" fill="#dfe7ea"/><ellipse cx="600" cy="690" rx="330" ry="26" fill="#c3ced3"/>
    <rect x="330" y="150" width="540" height="520" rx="44" fill="#f7f9fa" stroke="#9fb0b8" stroke-width="6"/>
    <rect x="390" y="220" width="420" height="200" rx="18" fill="#26343b"/>
    <path d="M410 380 L480 330 540 350 610 280 680 310 790 250" stroke="#5fd0a5" stroke-width="8" fill="none"/>
    <circle cx="450" cy="540" r="34" fill="#e0694b"/><circle cx="560" cy="540" r="34" fill="#e6b450"/>
    <rect x="640" y="512" width="170" height="56" rx="12" fill="#c9d4d9"/>`,
  dashboard: `<rect width="1200" height="800" fill="#10181d"/><rect x="40" y="40" width="1120" height="90" rx="14" fill="#1b262d"/>
    <rect x="40" y="160" width="720" height="600" rx="14" fill="#1b262d"/><rect x="790" y="160" width="370" height="285" rx="14" fill="#1b262d"/>
    <rect x="790" y="475" width="370" height="285" rx="14" fill="#1b262d"/>
    <path d="M80 640 C180 420 260 600 360 470 S560 300 720 380" stroke="#5fd0a5" stroke-width="8" fill="none"/>
    <path d="M80 700 C200 640 300 690 420 610 S620 560 720 590" stroke="#6aa8ff" stroke-width="8" fill="none"/>
    <circle cx="975" cy="302" r="92" stroke="#e6b450" stroke-width="22" fill="none" stroke-dasharray="400 178"/>
    <g fill="#6aa8ff"><rect x="840" y="640" width="40" height="80"/><rect x="900" y="590" width="40" height="130"/><rect x="960" y="560" width="40" height="160"/><rect x="1020" y="620" width="40" height="100"/><rect x="1080" y="530" width="40" height="190"/></g>`,
  label: `<rect width="1000" height="1000" fill="#cfc7b8"/><rect x="120" y="260" width="760" height="480" rx="30" fill="#fffdf7" stroke="#3b3a36" stroke-width="8"/>
    <g fill="#3b3a36"><rect x="180" y="330" width="360" height="52" rx="8"/><rect x="180" y="420" width="260" height="26" rx="6"/><rect x="180" y="470" width="300" height="26" rx="6"/><rect x="180" y="520" width="220" height="26" rx="6"/></g>
    <g fill="#3b3a36"><rect x="620" y="330" width="60" height="60"/><rect x="760" y="330" width="60" height="60"/><rect x="620" y="470" width="60" height="60"/><rect x="700" y="410" width="40" height="40"/><rect x="760" y="480" width="30" height="30"/><rect x="700" y="520" width="24" height="24"/></g>
    <rect x="180" y="620" width="640" height="16" fill="#e0694b"/>`,
  hill: `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#6fa8d6"/><stop offset="1" stop-color="#f6e7cf"/></linearGradient></defs>
    <rect width="1600" height="900" fill="url(#sky)"/><circle cx="1220" cy="300" r="70" fill="#fff3d0"/>
    <path d="M0 640 C300 520 520 600 760 540 S1300 470 1600 560 V900 H0Z" fill="#7f9f8d"/>
    <path d="M0 760 C360 600 700 740 980 660 S1400 640 1600 700 V900 H0Z" fill="#4f7a63"/>
    <path d="M640 690 V300" stroke="#2c3338" stroke-width="12"/><path d="M640 340 L470 720 M640 340 L820 700" stroke="#2c3338" stroke-width="3"/>
    <circle cx="640" cy="290" r="18" fill="#e0694b"/><path d="M640 330 h110" stroke="#2c3338" stroke-width="8"/><rect x="615" y="470" width="50" height="80" rx="8" fill="#f7f9fa"/>`,
};

export async function drawing(name: string): Promise<Buffer> {
  const body = DRAWINGS[name];
  if (!body) throw new Error(`no drawing called ${name}`);
  const [, width, height] = /<rect width="(\d+)" height="(\d+)"/.exec(body) ?? [];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}

/** A face of two shapes in somebody's colour. */
export async function portrait(colour: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="${colour}"/>
    <circle cx="64" cy="50" r="24" fill="#fff" fill-opacity=".9"/><ellipse cx="64" cy="118" rx="44" ry="36" fill="#fff" fill-opacity=".9"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer();
}
