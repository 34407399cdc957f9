// A believable week of a small team that builds weather stations. Nobody in it exists.

export const TEAM = ['maya', 'jonas', 'priya', 'tomas', 'lena', 'kofi', 'sora', 'ben'] as const;
export type Member = (typeof TEAM)[number];

/** Whose account a demo signs in with: what is unread is unread for her. */
export const VIEWER: Member = 'maya';
export const PASSWORD = 'Parley-demo-1';

export const COLOURS: Partial<Record<Member, string>> = {
  maya: '#b4532a',
  priya: '#7a4fc2',
  tomas: '#2f7d4f',
  lena: '#b3356b',
  kofi: '#1f6fb2',
};

export const BIOS: Partial<Record<Member, string>> = {
  maya: 'Runs the field tests',
  jonas: 'Backend, and the coffee machine',
  priya: 'Firmware. Ask me about brown-outs',
  lena: 'Design',
};

/** Where a line is said: a public channel, the private one, or a direct conversation of these people. */
export type Place = string | { private: string } | { direct: Member[] };

/** A program that reports into the channel where it is named. */
export type Program = 'build bot';

export type Line = {
  by: Member | Program;
  text?: string;
  /** a name, so that later lines can reply to this one */
  id?: string;
  replyTo?: string;
  /** the line whose thread it is in */
  thread?: string;
  /** a reply in a thread that is sent to the channel as well */
  also?: true;
  pinned?: true;
  pictures?: string[];
  reactions?: [emoji: string, ...who: Member[]][];
  edited?: string;
  deleted?: true;
};

/** What programs report, and where. */
export const PROGRAMS: Record<Program, string> = { 'build bot': 'software' };

/** A run of lines in one place: minutes before now when it began, and about as many minutes between its lines. */
export type Scene = { ago: number; pace: number; place: Place; lines: Line[]; unreadFrom?: number };

const HOUR = 60;
const DAY = 24 * HOUR;
const LEADS: Place = { private: 'station-3 launch' };

export const STORY: Scene[] = [
  {
    ago: 6 * DAY,
    pace: 3,
    place: 'general',
    lines: [
      {
        by: 'maya',
        text: 'Morning everyone. **Station 3 goes up the hill on Thursday**, weather permitting 🌦️',
        pinned: true,
      },
      { by: 'jonas', text: 'Irony noted.', reactions: [['😂', 'maya', 'lena', 'kofi']] },
      {
        by: 'lena',
        text: 'Labels for the enclosure came back from print, they look great. Photos after lunch.',
      },
      { by: 'kofi', text: 'I can drive. The van seats four plus a mast, barely.', id: 'van' },
      { by: 'ben', text: 'Is there a seat for the tea?', thread: 'van' },
      { by: 'kofi', text: 'The tea rides in front.', thread: 'van', reactions: [['🫖', 'ben', 'maya']] },
      { by: 'maya', text: 'Thank you @kofi! Who else is coming?', id: 'who' },
      { by: 'tomas', text: 'Me', replyTo: 'who', reactions: [['👍', 'maya']] },
      {
        by: 'priya',
        text: 'Me, if the firmware behaves',
        replyTo: 'who',
        reactions: [['🤞', 'jonas', 'sora']],
      },
    ],
  },
  {
    ago: 5 * DAY + 3 * HOUR,
    pace: 4,
    place: 'firmware',
    lines: [
      {
        by: 'priya',
        text: 'Found the brown-out. The radio wakes up *before* the regulator has settled:\n\n```c\nstatic void radio_wake(void) {\n    gpio_set(PIN_RADIO_EN, 1);\n    delay_us(50);            // was 0: the rail needs about 40\n    radio_reset();\n}\n```',
        id: 'brownout',
        reactions: [
          ['🎉', 'jonas', 'tomas', 'maya', 'sora'],
          ['🔥', 'kofi'],
        ],
      },
      { by: 'tomas', text: '50 µs after three weeks of looking. Respect.', replyTo: 'brownout' },
      { by: 'sora', text: 'Does this change the sleep current?', thread: 'brownout' },
      {
        by: 'priya',
        text: 'Measured: `11.8 µA` before, `11.9 µA` after. Within noise.',
        thread: 'brownout',
        also: true,
      },
      { by: 'maya', text: 'I love that somebody measured it.', thread: 'brownout' },
      { by: 'sora', text: "Then let's tag it. I'll run the soak test over night." },
    ],
  },
  {
    ago: 4 * DAY,
    pace: 5,
    place: 'general',
    lines: [
      {
        by: 'lena',
        text: 'Enclosure, dashboard, and the label that survived the dishwasher:',
        pictures: ['enclosure', 'dashboard', 'label'],
        reactions: [
          ['😍', 'maya', 'priya'],
          ['👏', 'jonas', 'kofi', 'tomas', 'ben'],
        ],
      },
      { by: 'ben', text: 'The dishwasher?' },
      { by: 'lena', text: 'IP65 the cheap way.', reactions: [['😂', 'ben', 'maya', 'sora', 'jonas']] },
    ],
  },
  {
    ago: 3 * DAY + 5 * HOUR,
    pace: 6,
    place: 'software',
    lines: [
      {
        by: 'jonas',
        id: 'ingest',
        pinned: true,
        text: 'The ingest rewrite is on staging. What changed:\n\n- one connection per station instead of one per reading\n- late readings are merged, not dropped\n- `p99` went from 340 ms to **18 ms**',
        reactions: [['🚀', 'maya', 'kofi', 'sora']],
      },
      { by: 'sora', text: 'What happens when a station sends the same reading twice?', id: 'twice' },
      { by: 'jonas', text: 'Same key, stored once, answered twice.', replyTo: 'twice' },
      {
        by: 'kofi',
        text: '> stored once, answered twice\n\nPutting this on a mug.',
        reactions: [['☕', 'jonas']],
      },
      { by: 'build bot', text: '**ingest** `#482` passed in 3 min 12 s' },
      { by: 'build bot', text: '**ingest** `#483` passed in 3 min 9 s', reactions: [['🟢', 'sora']] },
      { by: 'maya', text: 'Can we keep the old endpoint for a week?', thread: 'ingest' },
      { by: 'sora', text: 'Reviewing now.', edited: 'Reviewed. Two small comments, otherwise good to go.' },
    ],
  },
  {
    ago: 2 * DAY + 6 * HOUR,
    pace: 7,
    place: LEADS,
    lines: [
      {
        by: 'maya',
        text: 'Checklist for Thursday. Tell me what is missing:\n\n1. mast, guy wires, **two** spirit levels\n2. battery at 100 %, spare in the van\n3. SIM tested with the antenna that goes up\n4. tea',
      },
      { by: 'kofi', text: 'The permit. Printed, the ranger wants paper.' },
      { by: 'maya', text: 'Good catch, thank you.', reactions: [['🙏', 'kofi']] },
      { by: 'priya', text: 'A laptop that can still talk to a serial port.' },
    ],
  },
  {
    ago: DAY + 4 * HOUR,
    pace: 2,
    place: { direct: ['maya', 'priya'] },
    lines: [
      { by: 'priya', text: 'Did you see the soak test? 14 hours, not one reset.' },
      { by: 'maya', text: 'I did! Dinner is on me.' },
      { by: 'priya', text: '🍜' },
    ],
  },
  {
    ago: DAY,
    pace: 3,
    place: 'off-topic',
    lines: [
      { by: 'ben', text: 'Unpopular opinion: the old kettle made better tea.' },
      {
        by: 'jonas',
        text: 'The old kettle made *electricity*, Ben. In the handle.',
        reactions: [['⚡', 'ben', 'lena', 'tomas']],
      },
      { by: 'tomas', text: 'My ears are still ringing.', deleted: true },
      { by: 'lena', text: 'I miss its hum.' },
    ],
  },
  {
    ago: 5 * HOUR,
    pace: 4,
    place: 'general',
    lines: [
      {
        by: 'kofi',
        text: 'View from the hill. Mast is up, station 3 is **online**.',
        pictures: ['hill'],
        reactions: [
          ['🎉', 'jonas', 'priya', 'lena', 'ben', 'sora'],
          ['⛰️', 'maya'],
        ],
      },
      {
        by: 'maya',
        text: 'First reading: 8.4 °C, 71 %, wind 6 m/s from the west. Everything else from here on is a bonus.',
      },
      { by: 'jonas', text: 'It is in the database. Exactly once.' },
    ],
  },
  {
    ago: 50,
    pace: 4,
    place: 'software',
    unreadFrom: 2,
    lines: [
      { by: 'sora', text: 'Merged the ingest rewrite. Production tomorrow morning?' },
      { by: 'build bot', text: '**ingest** `#491` passed in 3 min 4 s, deployed to staging' },
      { by: 'jonas', text: 'The old endpoint stays until the 14th, @maya.', thread: 'ingest' },
      { by: 'kofi', text: 'My scripts thank you.', thread: 'ingest' },
      {
        by: 'jonas',
        text: '@maya can you watch station 3 while we switch? Ten minutes at most.',
        reactions: [['👀', 'sora']],
      },
      {
        by: 'sora',
        text: 'The runbook is at https://example.org/runbook, please shout if a step is unclear.',
      },
      { by: 'jonas', text: 'And no deploys on Friday, obviously.' },
    ],
  },
  {
    ago: 22,
    pace: 3,
    place: { direct: ['maya', 'kofi', 'tomas'] },
    unreadFrom: 0,
    lines: [
      { by: 'kofi', text: 'Van is back and clean. Sort of.' },
      { by: 'tomas', text: 'There is a spirit level on the roof of it.' },
    ],
  },
  {
    ago: 9,
    pace: 2,
    place: 'general',
    lines: [
      {
        by: 'lena',
        text: 'Cake in the kitchen for station 3 🎂',
        reactions: [['🎂', 'maya', 'ben', 'jonas', 'kofi']],
      },
      { by: 'ben', text: '🎂🎉' },
    ],
  },
];

/** Older small talk, repeated with variations until there is enough to scroll through. */
export const SMALL_TALK = [
  'Standup in five.',
  'Battery log for last night looks flat, in the good way.',
  'Can somebody take the review of the calibration change?',
  'Taking it.',
  'The wind sensor at the office still thinks we live in a tunnel.',
  'Fixed the flaky test. It was the clock. It is always the clock.',
  'Lunch?',
  'Give me ten minutes.',
  'New antenna sketches are on the board.',
  'The supplier says two weeks, so three.',
  'Deployed, all green.',
  'I moved the meeting to Tuesday, nobody likes Monday meetings.',
  'Does anyone have the long screwdriver?',
  'Rain gauge agrees with the window.',
  'Documentation for the radio protocol is up to date again.',
] as const;
