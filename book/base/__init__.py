"""The ground: small things that every room uses, and that use no room but the model."""
