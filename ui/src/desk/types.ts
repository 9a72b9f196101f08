// What the desk's server sends: kg/web/desk/view.py.

export type Span = [start: number, end: number];

export interface VoiceLink {
  id: string;
  who: string;
  act: string;
  colour: number | null;
  inferred: boolean;
  marking: string;
  confidence: number | null;
  said: string;
}

export type Form = Record<string, string | boolean | string[]>;

export interface Claim {
  id: string;
  fragment: string;
  status: "open" | "accepted" | "changed" | "own";
  spans: Span[];
  surface: Span[];
  quote: string;
  gloss: string;
  chain: VoiceLink[];
  answer: string;
  truth: boolean | null;
  times: string[];
  stance: string;
  negative: boolean;
  kind: string;
  question: string;
  ask: Record<string, unknown>;
  confidence: number | null;
  notes: string[];
  doubt: number;
  reasons: string[];
  others: string[];
  form: Form;
}

export interface Voice {
  id: string;
  in: string | null;
  who: string;
  form: Form;
}

export interface Fault {
  part: string;
  field: string;
  message: string;
  message_ar: string;
}

export interface GraphState {
  state: "fresh" | "building" | "invalid";
  faults: Fault[];
}

export interface State {
  sha256: string;
  file: string;
  draft: string | null;
  counts: Record<"open" | "accepted" | "changed" | "rejected", number>;
  undo: { does: string; what: Record<string, unknown> } | null;
  coverage: { letters: number; covered: number; unexplained: number };
  unread: { span: Span; why: string }[];
  text: string;
  claims: Claim[];
  voices: Voice[];
  entities: Record<string, string>;
  names: Record<string, string>;
  graph: GraphState;
}

export interface Entity {
  id: string;
  label: string;
  kind: string;
  known: string;
}

export interface FoundQuestion {
  question: Record<string, unknown>;
  label: string;
  answers: { claim: string; gloss: string }[];
}

export type Decision = Record<string, unknown> & { does: string };
export type Choices = Record<string, [code: string, label: string][]>;
export type Words = Record<string, string>;
