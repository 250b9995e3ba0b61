"""Packs: constitutions published for others, as Markdown. Ours lie in this folder; `shelf` finds those of others."""
