using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Docs;

public sealed class PageTests
{
    /// <summary>Whose commands <see cref="DocumentedCommandsTests"/> runs.</summary>
    private static readonly string[] Run = ["README.md", "docs/csv.md", "docs/lms.md"];

    [Fact]
    public void No_page_has_commands_that_nobody_runs() =>
        Assert.Equal(Run, Page.All.Where(name => new Page(name).Commands.Count > 0));

    [Fact]
    public void Every_link_leads_somewhere() => Assert.All(
        from name in Page.All
        from link in new Page(name).Links
        select (Page: name, Link: link),
        found => Assert.True(File.Exists(Path.Combine(TestFolders.Repository, Path.GetDirectoryName(found.Page)!, found.Link)), $"{found.Page} → {found.Link}"));

    /// <summary>Three readers, one page to begin with.</summary>
    [Fact]
    public void The_readme_is_read_in_a_few_minutes() =>
        Assert.InRange(new FileInfo(Path.Combine(TestFolders.Repository, "README.md")).Length, 1, 10 * 1024);
}
