/** Invented people and the things that break for them. */
export const FIRST_NAMES =
  `Ada Bruno Carla Dmitri Elena Farid Greta Hugo Ines Jonas Keiko Liam Mara Nadia Oskar Priya
  Quentin Rosa Stefan Tess Umar Vera Wendell Xenia Yusuf Zoe Alma Boris Celia Dario Esme Felix Gia Hamid Isla Jarek
  Kira Leon Mina Noel Olga Paolo Rhea Sam Tilda Uriel Viola Wes Yara Zane`.split(/\s+/);

export const SURNAMES =
  `Abbott Brandt Castillo Dahl Eriksen Falk Greco Halvorsen Ibarra Jansen Kovacs Lindqvist Moreau
  Novak Okafor Pereira Quist Rahman Sato Tanaka Ueda Varga Whitlock Xiong Yilmaz Zeller Ashby Bello Crane Duarte
  Ellery Frost Garrick Holm Imrie Joyner Keane Lowell Marsh Nyberg Osei Pruitt Reyes Solberg Thorne Vance`.split(
    /\s+/,
  );

export const CITIES = [
  'Harborview',
  'Eastfield',
  'Millbrook',
  'Northgate',
  'Lakeside',
  'Old Town',
  'Riverbend',
];

export const JOB_TITLES = [
  'Service Desk Analyst',
  'Support Engineer',
  'Field Engineer',
  'Network Engineer',
  'Cloud Engineer',
  'Service Delivery Manager',
  'Account Manager',
];

interface Subject {
  readonly summary: string;
  readonly details: string;
  readonly category: string;
}

const subject = (summary: string, details: string, category: string): Subject => ({
  summary,
  details,
  category,
});

export const REQUESTS: readonly Subject[] = [
  subject(
    'Printer on the second floor jams',
    'Paper jams on every second page since this morning.',
    'Hardware>Printer',
  ),
  subject(
    'New starter needs an account',
    'Starts on Monday, needs mail, files and the CRM.',
    'Account>New user',
  ),
  subject('Password reset', 'Locked out after the holiday, please reset and call back.', 'Account>Password'),
  subject('Laptop is very slow', 'Takes ten minutes to start, fan is always on.', 'Hardware>Laptop'),
  subject('Shared mailbox access', 'Please give me access to the accounts mailbox.', 'Account>Permissions'),
  subject('Second monitor not detected', 'Tried another cable, still black.', 'Hardware>Monitor'),
  subject(
    'Software installation: drawing tool',
    'Licence is bought, please install it.',
    'Software>Installation',
  ),
  subject('Phishing mail received', 'Looks like our bank, I have not clicked anything.', 'Security>Phishing'),
  subject(
    'Meeting room screen shows no picture',
    'Works with one laptop and not with the other.',
    'Hardware>Meeting room',
  ),
  subject(
    'Leaver: please close the account',
    'Last day is Friday, mail goes to the manager.',
    'Account>Leaver',
  ),
  subject('Cannot open a spreadsheet', 'It says the file is locked by someone who left.', 'Software>Office'),
  subject('Wi-Fi weak in the warehouse', 'Scanners lose the connection behind row 7.', 'Network>Wi-Fi'),
  subject('Calendar does not sync to the phone', 'Since the last update nothing arrives.', 'Software>Mail'),
  subject('Backup report shows a warning', 'One file server volume was skipped.', 'Backup>Warning'),
  subject('Question about the invoice', 'Two more licences than people, is that right?', 'Billing>Question'),
];

/** Tickets that read like an outage: several people, or everybody, cannot work. */
export const OUTAGES: readonly Subject[] = [
  subject(
    'Internet down for the whole office',
    'Nobody can reach anything outside since 08:10. All users affected.',
    'Network>Outage',
  ),
  subject(
    'Mail outage: nothing sent or received',
    'All mailboxes are affected, customers are calling.',
    'Mail>Outage',
  ),
  subject(
    'File server is down',
    'No one can open files, the server does not answer a ping.',
    'Server>Outage',
  ),
  subject(
    'URGENT: phones are dead at all sites',
    'Complete outage of telephony, urgent please.',
    'Telephony>Outage',
  ),
  subject(
    'VPN outage, remote staff cannot work',
    'Everyone at home is cut off since the firewall restarted.',
    'Network>Outage',
  ),
];

export const NOTES = [
  'Called the user, asked for a screenshot.',
  'Reproduced on a test machine, looking into the update of last night.',
  'Restarted the service, watching it.',
  'Waiting for the supplier to answer.',
  'Replaced the cable, works again.',
  'Explained the steps to the user, they will try later today.',
];

export const ARTICLES = [
  ['Reset a password', 'Open the portal, choose the user, choose Reset, read the new password out by phone.'],
  ['Set up mail on a phone', 'Install the mail program, sign in with the work address, accept the policy.'],
  ['Connect to the VPN', 'Start the client, choose the nearest gateway, approve on the phone.'],
  ['Report a phishing mail', 'Forward it as an attachment to the security mailbox, then delete it.'],
  ['Clear a paper jam', 'Open the rear door, pull the paper in its direction of travel.'],
  ['Request a new laptop', 'Ask your manager to approve, then open a ticket of the type Service Request.'],
  [
    'Outage checklist',
    'Check the status page, the firewall, the provider; tell the customer every 30 minutes.',
  ],
  ['Map a network drive', 'Right-click the folder, choose Map, tick Reconnect.'],
] as const;
