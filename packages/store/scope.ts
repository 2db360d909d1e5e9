import { AsyncLocalStorage } from "node:async_hooks";
import { type Actor, type Area, InputError } from "@trivium/model";
import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  PrimitiveValueListNode,
  type RawBuilder,
  sql,
  TableNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
} from "kysely";
import type { Schema } from "./schema.ts";

/** For whom rows are read and written. Outside of any scope (workers, commands of the machine's operator) all rows are. */
export type Scope = Pick<Actor, "id" | "district" | "areas">;

type TableName = keyof Schema;
type Rule = (table: string, scope: Scope) => RawBuilder<boolean>;

const own: Rule = (table, { district }) => sql`${sql.ref(`${table}.district`)} = ${district}`;
const ofAreas = (table: string, areas: readonly Area[] | null) =>
  areas === null ? sql`` : sql` and ${sql.ref(`${table}.area`)} in (${sql.join(areas)})`;
const ownInAreas: Rule = (table, scope) => sql`(${own(table, scope)}${ofAreas(table, scope.areas)})`;
const ofScenario: Rule = (table, { district, areas }) =>
  sql`(exists (select 1 from scenarios as scope_s where scope_s.scenario_id = ${sql.ref(`${table}.scenario_id`)} and scope_s.district = ${district})${ofAreas(table, areas)})`;
const ofJob: Rule = (table, { district, areas }) =>
  sql`exists (select 1 from jobs as scope_j inner join scenarios as scope_s on scope_s.scenario_id = scope_j.scenario_id where scope_j.job_id = ${sql.ref(`${table}.job_id`)} and scope_s.district = ${district}${ofAreas("scope_j", areas)})`;
const ofWebhook: Rule = (table, { district }) =>
  sql`exists (select 1 from webhooks as scope_w where scope_w.webhook_id = ${sql.ref(`${table}.webhook_id`)} and scope_w.district = ${district})`;
const ofDataset =
  (column: string): Rule =>
  (table, { district }) =>
    sql`exists (select 1 from dataset_districts as scope_d where scope_d.dataset_hash = ${sql.ref(`${table}.${column}`)} and scope_d.district = ${district})`;

/** Whose the rows of each table are; `shared` ones belong to nobody, or are looked up by a secret. A new table must say it here. */
const RULES: Readonly<Record<TableName, Rule | "shared">> = {
  datasets: ofDataset("hash"),
  people: ofDataset("dataset_hash"),
  dataset_districts: own,
  acknowledgements: own,
  scenarios: own,
  jobs: ofScenario,
  plans: ofScenario,
  what_ifs: ofScenario,
  mappings: own,
  webhooks: own,
  vroom_solves: own,
  deliveries: ofWebhook,
  events: ofJob,
  children: ofJob,
  workers: "shared",
  keys: own,
  accounts: own,
  sessions: "shared",
  names: "shared",
  audit: own,
  approvals: own,
  flags: ownInAreas,
  installation: "shared",
  replies: "shared",
  migrations: "shared",
};

/** Columns that an insert of somebody writes down by itself. */
const WRITTEN: Partial<Record<TableName, (scope: Scope) => Readonly<Record<string, string>>>> = {
  dataset_districts: ({ district }) => ({ district }),
  acknowledgements: ({ district }) => ({ district }),
  mappings: ({ district }) => ({ district }),
  flags: ({ district }) => ({ district }),
  webhooks: ({ district }) => ({ district }),
  vroom_solves: ({ district }) => ({ district }),
  scenarios: ({ district, id }) => ({ district, created_by: id }),
};

/**
 * Whose rows a query may touch, added to every query on its way to the database, so that no endpoint can forget it: those of the
 * district, and of the areas, of whoever asks. Inserts write down for whom and by whom.
 */
export class ScopedRows implements KyselyPlugin {
  readonly #current = new AsyncLocalStorage<Scope | undefined>();

  /** Everything that `work` reads and writes, however deep, is of this scope; undefined: of all. */
  within<T>(scope: Scope | undefined, work: () => T): T {
    return this.#current.run(scope, work);
  }

  get current(): Scope | undefined {
    return this.#current.getStore();
  }

  transformQuery({ node, queryId }: Parameters<KyselyPlugin["transformQuery"]>[0]) {
    const scope = this.current;
    return scope ? new Scoped(scope).transformNode(node, queryId) : node;
  }

  async transformResult({ result }: Parameters<KyselyPlugin["transformResult"]>[0]) {
    return result;
  }
}

class Scoped extends OperationNodeTransformer {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  protected override transformSelectQuery(...args: Parameters<OperationNodeTransformer["transformSelectQuery"]>) {
    const node = super.transformSelectQuery(...args);
    const joined = (node.joins ?? []).map(({ table }) => table);
    return this.#limited(node, [...(node.from?.froms ?? []), ...joined]);
  }

  protected override transformUpdateQuery(...args: Parameters<OperationNodeTransformer["transformUpdateQuery"]>) {
    const node = super.transformUpdateQuery(...args);
    return this.#limited(node, node.table ? [node.table] : []);
  }

  protected override transformDeleteQuery(...args: Parameters<OperationNodeTransformer["transformDeleteQuery"]>) {
    const node = super.transformDeleteQuery(...args);
    return this.#limited(node, node.from.froms);
  }

  protected override transformInsertQuery(...args: Parameters<OperationNodeTransformer["transformInsertQuery"]>) {
    const node = super.transformInsertQuery(...args);
    checkAreas(node, this.#scope);
    const written = node.into && WRITTEN[node.into.table.identifier.name as TableName];
    return written ? withColumns(node, written(this.#scope)) : node;
  }

  #limited<N extends OperationNode & { readonly where?: WhereNode }>(node: N, tables: readonly OperationNode[]): N {
    let { where } = node;
    for (const named of tables.map(nameOf)) {
      const rule = named && RULES[named.table];
      if (named && rule === undefined) throw new Error(`the table ${named.table} does not say whose its rows are`);
      if (!named || !rule || rule === "shared") continue;
      const only = rule(named.as, this.#scope).toOperationNode();
      where = where ? WhereNode.cloneWithOperation(where, "And", only) : WhereNode.create(only);
    }
    return where ? { ...node, where } : node;
  }
}

/** Nobody has work done in an area that is not theirs. @throws InputError not-granted */
function checkAreas(node: InsertQueryNode, { areas }: Scope): void {
  const at = (node.columns ?? []).findIndex(({ column }) => column.name === "area");
  if (areas === null || at < 0 || !node.values || !ValuesNode.is(node.values)) return;
  for (const row of node.values.values) {
    const value = row.values[at];
    const area = PrimitiveValueListNode.is(row)
      ? value
      : ValueNode.is(value as OperationNode)
        ? (value as ValueNode).value
        : value;
    if (!areas.includes(area as Area))
      throw new InputError("not-granted", `the area ${String(area)} is not yours; yours: ${areas.join(", ")}`);
  }
}

/** The table of a from or join, and what it is called there; a subquery has none and is limited by itself. */
function nameOf(node: OperationNode): { table: TableName; as: string } | undefined {
  if (TableNode.is(node)) {
    const table = node.table.identifier.name as TableName;
    return { table, as: table };
  }
  if (!AliasNode.is(node)) return undefined;
  const inner = nameOf(node.node);
  return inner && IdentifierNode.is(node.alias) ? { ...inner, as: node.alias.name } : inner;
}

function withColumns(node: InsertQueryNode, written: Readonly<Record<string, string>>): InsertQueryNode {
  const given = new Set((node.columns ?? []).map(({ column }) => column.name));
  const added = Object.entries(written).filter(([name]) => !given.has(name));
  if (added.length === 0 || !node.values || !ValuesNode.is(node.values)) return node;
  const values = node.values.values.map((row) =>
    PrimitiveValueListNode.is(row)
      ? PrimitiveValueListNode.create([...row.values, ...added.map(([, value]) => value)])
      : ValueListNode.create([...row.values, ...added.map(([, value]) => ValueNode.create(value))]),
  );
  return {
    ...node,
    columns: [...(node.columns ?? []), ...added.map(([name]) => ColumnNode.create(name))],
    values: ValuesNode.create(values),
  };
}
