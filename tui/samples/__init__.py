"""Claims to open the screens with, one file each: `<policy>.<name>.json`, as any claim is filed; 备注 is what people see."""
