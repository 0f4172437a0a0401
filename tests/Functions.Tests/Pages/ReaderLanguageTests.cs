using CertFunctions.Functions.Pages;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Pages;

public sealed class ReaderLanguageTests
{
    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de-AT")]
    [InlineData("en;q=0.5,fr-FR", "fr-FR")]
    [InlineData("de", "de-DE")]
    [InlineData("xx-nonsense,sv-SE;q=0.5", "sv-SE")]
    [InlineData("*", "en-GB")]
    [InlineData("", "en-GB")]
    [InlineData(";;;", "en-GB")]
    public void The_language_that_the_reader_likes_best_and_that_is_known_counts(string header, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = header;

        Assert.Equal(expected, ReaderLanguage.Of(request).Name);
    }
}
