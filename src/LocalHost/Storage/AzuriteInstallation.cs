using System.Security.Cryptography;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Storage;

/// <summary>
/// Azurite as the checked-in lock file says, once per user. It is installed beside its place and then moved there,
/// so a folder of that name is always whole; the lock keeps two hosts that start at once from installing it twice.
/// </summary>
internal static class AzuriteInstallation
{
    /// <summary>Scripts of ours in its folder, which each says why.</summary>
    public static readonly IReadOnlyList<string> Preloaded = ["end-with-host.cjs", "find-by-row-key.cjs"];

    private static readonly IReadOnlyList<string> OwnFiles = ["package.json", "package-lock.json", .. Preloaded];

    /// <returns>The folder that holds <c>node_modules</c> and <see cref="Preloaded"/>.</returns>
    /// <exception cref="StartupException">Node is missing or too old, or npm failed.</exception>
    public static async Task<string> EnsureAsync(Action<string> say, CancellationToken cancellationToken)
    {
        await RequireNodeAsync(cancellationToken);
        var folder = Path.Combine(CacheFolder(), "azurite-" + Fingerprint());
        if (Directory.Exists(folder))
            return folder;

        await using var taken = await FileLock.TakeAsync(folder + ".lock", cancellationToken);
        if (!Directory.Exists(folder))
        {
            say("Installing Azurite, the storage emulator (only this once) ...");
            await InstallAsync(folder, cancellationToken);
        }

        return folder;
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        var unfinished = folder + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        foreach (var name in OwnFiles)
        {
            await using var file = File.Create(Path.Combine(unfinished, name));
            await using var source = Open(name);
            await source.CopyToAsync(file, cancellationToken);
        }

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var result = await Tool.RunAsync(
            npm, ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], unfinished, cancellationToken)
            ?? throw new StartupException("npm was not found. It comes with Node.js 20; it installs Azurite, the storage emulator.");
        if (result.ExitCode != 0)
            throw new StartupException($"Azurite could not be installed: npm ci failed: {Reason(result)}");
        Directory.Move(unfinished, folder);
    }

    private static string Reason(ToolResult result)
    {
        var errors = result.Lines.Where(line => line.StartsWith("npm error", StringComparison.Ordinal))
            .Select(line => line["npm error".Length..].Trim())
            .Where(line => !line.StartsWith("A complete log", StringComparison.Ordinal));
        var reason = string.Join("; ", errors.Take(3));
        return reason.Length > 0 ? reason : $"exit code {result.ExitCode}";
    }

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var node = await Tool.RunAsync("node", ["--version"], Path.GetTempPath(), cancellationToken)
            ?? throw new StartupException(
                "Node.js was not found. Install Node.js 20 for Azurite, the storage emulator, or give --storage.");
        var version = node.Lines.Count > 0 ? node.Lines[0] : "";
        if (!Version.TryParse(version.TrimStart('v'), out var parsed) || parsed.Major < 20)
            throw new StartupException($"Node.js 20 or newer is needed for Azurite, the storage emulator; this is '{version}'.");
    }

    private static string CacheFolder()
    {
        var user = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(user.Length > 0 ? user : Path.GetTempPath(), "CertFunctions");
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in OwnFiles)
        {
            using var source = Open(name);
            using var content = new MemoryStream();
            source.CopyTo(content);
            hash.AppendData(content.ToArray());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static Stream Open(string name) => typeof(AzuriteInstallation).Assembly.GetManifestResourceStream("azurite/" + name)!;
}
