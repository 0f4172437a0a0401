namespace CertFunctions.Testing;

/// <summary>The files that the learning platform's own people gave us, in a folder beside the repository.</summary>
public static class SharedSamples
{
    public const string NotAtHand = "The shared samples are not at hand.";

    /// <param name="path">Below <c>shared/samples</c>.</param>
    /// <returns>Null when there is no such file.</returns>
    public static string? Find(params ReadOnlySpan<string> path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, "shared", "samples", .. path]);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
