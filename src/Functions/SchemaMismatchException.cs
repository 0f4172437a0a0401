namespace CertFunctions.Functions;

/// <summary>What lies in the store was written by another version of the app than this one can work with.</summary>
public sealed class SchemaMismatchException(int found, int known) : Exception(
    $"The store has schema version {found}, and this app works with version {known}: deploy the app that belongs to the store.");
