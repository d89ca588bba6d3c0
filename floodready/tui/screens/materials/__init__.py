"""The screens of materials: stock, counting, papers, machines, replenishment, import."""
