import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

const text = admin.access;

/** A secret that the server shows only now. */
export function ShownOnce({
  title,
  hint,
  secret,
  onClose,
}: {
  title: string;
  hint: string;
  secret: string;
  onClose: () => void;
}) {
  const [copied, setCopied] = useState(false);
  return (
    <Dialog title={title} onClose={onClose}>
      <Field label={title} hint={hint} readOnly value={secret} onFocus={(event) => event.target.select()} />
      <div className="row row-end">
        <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          {copied ? text.copied : text.copy}
        </Button>
        <Button look="main" onClick={onClose}>
          {common.close}
        </Button>
      </div>
    </Dialog>
  );
}
