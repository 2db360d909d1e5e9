import type { Migration } from "./index.ts";

/** The audit log, sign-offs, and what the installation knows of itself. */
export const auditAndApprovals: Migration = {
  name: "0021-audit-approvals",
  async up({ schema }) {
    await schema
      .createTable("audit")
      .addColumn("seq", "bigint", (column) => column.primaryKey())
      .addColumn("at", "text", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("district", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("detail", "text", (column) => column.notNull())
      .addColumn("commits", "text", (column) => column.notNull())
      .addColumn("prev_hash", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull())
      .execute();
    await schema
      .createTable("installation")
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("value", "text", (column) => column.notNull())
      .execute();
    await schema
      .createTable("approvals")
      .addColumn("approval_id", "text", (column) => column.primaryKey())
      .addColumn("plan_id", "text", (column) => column.notNull())
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("by", "text", (column) => column.notNull())
      .addColumn("at", "text", (column) => column.notNull())
      .addColumn("reason", "text", (column) => column.notNull())
      .addColumn("plan_hash", "text", (column) => column.notNull())
      .addColumn("content_sha256", "text", (column) => column.notNull())
      .addColumn("comparison", "text")
      .addColumn("warnings", "text", (column) => column.notNull())
      .addColumn("audit_seq", "bigint", (column) => column.notNull())
      .addColumn("audit_hash", "text", (column) => column.notNull())
      .addUniqueConstraint("approvals_of_plan", ["plan_id", "seq"])
      .execute();
  },
};
