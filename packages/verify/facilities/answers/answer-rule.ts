import type { AnswerRule as RuleOf } from "../../answer-fields.ts";
import type { Reading } from "../reading.ts";

export { type Fields, fields, number, records, strings } from "../../answer-fields.ts";

export type AnswerRule = RuleOf<Reading>;
