namespace CertFunctions.Core;

/// <summary>Whether the storage is away or overloaded, rather than something wrong with us: the same may succeed later.</summary>
public delegate bool IsStorageTrouble(Exception exception);
