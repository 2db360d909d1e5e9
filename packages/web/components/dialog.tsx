import { useEffect, useId, useRef } from "react";
import { common } from "../text/common.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icons.tsx";

/** The platform's own modal dialog: it holds the focus, closes by Escape and gives the focus back. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: React.ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={heading} onClose={onClose}>
      <div className="dialog-body">
        <div className="row spread">
          <h2 id={heading}>{title}</h2>
          <Button look={["plain", "icon"]} aria-label={common.close} onClick={() => dialog.current?.close()}>
            <Icon name="cross" />
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
