using RunwareTts.Review;

namespace RunwareTts.Tests.Review;

/// <summary>A clip is found next to its page, whatever it is called.</summary>
public sealed class ClipAddressTests
{
    [Theory]
    [InlineData("/b/review.html", "/b/out/a.mp3", "out/a.mp3")]
    [InlineData("/b/review.html", "/b/a.mp3", "a.mp3")]
    [InlineData("/b/pages/review.html", "/b/out/a.mp3", "../out/a.mp3")]
    [InlineData("/b/c/d/review.html", "/a.mp3", "../../../a.mp3")]
    [InlineData("/b/review.html", "/b/a #1 100%?'\"&<.mp3", "a%20%231%20100%25%3F%27%22%26%3C.mp3")]
    [InlineData("/b/review.html", "/b/javascript:alert(1)/x.mp3", "javascript%3Aalert%281%29/x.mp3")]
    [InlineData("/b/review.html", "/b/größe 日本.mp3", "gr%C3%B6%C3%9Fe%20%E6%97%A5%E6%9C%AC.mp3")]
    [InlineData("/B/review.html", "/b/a.mp3", "../b/a.mp3")]
    public void Is_relative_to_the_page(string page, string file, string address) =>
        Assert.Equal(address, ClipAddress.Of(page, file, '/', StringComparer.Ordinal));

    [Theory]
    [InlineData(@"C:\B\review.html", @"c:\b\out\a.mp3", "out/a.mp3")]
    [InlineData(@"C:\b\review.html", @"D:\out 1\a.mp3", "file:///D:/out%201/a.mp3")]
    [InlineData(@"C:\b\review.html", @"\\server\share\a.mp3", "file://server/share/a.mp3")]
    [InlineData(@"\\server\one\review.html", @"\\server\one\out\a.mp3", "out/a.mp3")]
    [InlineData(@"\\one\share\review.html", @"\\two\share\a.mp3", "file://two/share/a.mp3")]
    [InlineData(@"\\one\share\review.html", @"C:\b\a.mp3", "file:///C:/b/a.mp3")]
    public void Of_Windows_may_be_on_another_drive(string page, string file, string address) =>
        Assert.Equal(address, ClipAddress.Of(page, file, '\\', StringComparer.OrdinalIgnoreCase));
}
