namespace CertFunctions.LocalHost;

/// <summary>What the command line asks for.</summary>
/// <param name="Port">0 takes any free one.</param>
/// <param name="DataFolder">Kept between runs; null: <c>.local/data</c>.</param>
/// <param name="Storage">A connection string of storage that runs already, or <see cref="ByIdentity"/>; null: start Azurite.</param>
/// <param name="AppFolder">A published function app; null: publish <c>src/Functions</c>.</param>
/// <param name="NoBuild">Take what was published before.</param>
/// <param name="Demo">Fill the app with a small organisation.</param>
internal sealed record HostOptions(int Port, string? DataFolder, string? Storage, string? AppFolder, bool NoBuild, bool Demo)
{
    /// <summary>The storage is the one that the settings of the deployed app name, and reached by the identity that they name.</summary>
    public const string ByIdentity = "identity";
}
