using System.Text.RegularExpressions;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Docs;

/// <summary>A page for readers, and the commands on it: what stands in blocks marked <c>bash</c> is meant to be run as it is printed.</summary>
internal sealed partial class Page(string name)
{
    private readonly string text = File.ReadAllText(Path.Combine(TestFolders.Repository, name));

    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(TestFolders.Repository, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    public IReadOnlyList<string> Commands => BlocksOf("bash");

    /// <summary>What the page shows as the end of an output.</summary>
    public IReadOnlyList<string> Outputs => BlocksOf("csv");

    /// <summary>What it shows of outputs, line by line.</summary>
    public IEnumerable<string> ShownLines => BlocksOf("text").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public IEnumerable<string> Links => Link().Matches(text).Select(link => link.Groups["to"].Value);

    public override string ToString() => name;

    private List<string> BlocksOf(string language) =>
        [.. Block().Matches(text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["lines"].Value)];

    [GeneratedRegex(@"^ *```(?<language>\w+)\n(?<lines>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<to>(?!https?:)[^)#]+)")]
    private static partial Regex Link();
}
