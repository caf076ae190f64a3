/** A record looked at beside its list; fills the screen on a phone 详情抽屉. */
import { Drawer } from "antd";
import type { ReactNode } from "react";
import { useNarrow } from "../useNarrow";

type Props = {
  open: boolean;
  title: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

export function DetailDrawer({ open, title, actions, onClose, children }: Props) {
  const narrow = useNarrow();
  return (
    <Drawer
      open={open}
      title={title}
      extra={actions}
      size={narrow ? "100%" : 720}
      onClose={onClose}
      destroyOnHidden
    >
      {children}
    </Drawer>
  );
}
